#include "packs.h"

#include <dirent.h>
#include <errno.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "chains.h"
#include "indexes.h"

// In front of libgit2's packs, whose priority is 2.
enum { FIRST = 1000 };

typedef struct {
    char *path;  // of the folder of packs
    struct timespec changed;
    size_t count;
    sheaf_pack **packs;
} pack_folder;

typedef struct {
    git_odb_backend base;
    size_t count;
    pack_folder *folders;
} pack_watch;

static int damaged(void) {
    git_error_set_str(GIT_ERROR_ODB, "a pack or its index is damaged");
    return GIT_ERROR;
}

static void close_packs(pack_folder *folder) {
    for (size_t i = 0; i < folder->count; i++) sheaf_pack_close(folder->packs[i]);
    free(folder->packs);
    folder->packs = NULL;
    folder->count = 0;
}

static int add_pack(pack_folder *folder, const char *index, const char *path) {
    sheaf_pack *pack = sheaf_pack_open(index, path);
    if (!pack) return 0;
    sheaf_pack **packs = realloc(folder->packs, (folder->count + 1) * sizeof *packs);
    if (!packs) {
        sheaf_pack_close(pack);
        git_error_set_oom();
        return GIT_ERROR;
    }
    folder->packs = packs;
    packs[folder->count++] = pack;
    return 0;
}

static int check_index(pack_folder *folder, const char *name, size_t stem) {
    char index[4096], pack[4096];
    int length = snprintf(index, sizeof index, "%s/%s", folder->path, name);
    if (length < 0 || (size_t)length >= sizeof index) return damaged();
    length = snprintf(pack, sizeof pack, "%s/%.*s.pack", folder->path, (int)stem, name);
    if (length < 0 || (size_t)length >= sizeof pack) return damaged();
    return sheaf_index_is_sound(index, pack) ? add_pack(folder, index, pack) : damaged();
}

static int check_folder(pack_folder *folder) {
    close_packs(folder);
    DIR *stream = opendir(folder->path);
    if (!stream) return errno == ENOENT || errno == ENOTDIR ? 0 : damaged();
    int error = 0;
    struct dirent *entry;
    while (!error && (entry = readdir(stream))) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".idx") == 0)
            error = check_index(folder, entry->d_name, length - 4);
    }
    closedir(stream);
    return error;
}

static struct timespec time_of_change(const struct stat *status) {
#ifdef __APPLE__
    return status->st_mtimespec;
#else
    return status->st_mtim;
#endif
}

/// Checks the folders that changed since they were last found in order.
static int check_changed(pack_watch *watch) {
    for (size_t i = 0; i < watch->count; i++) {
        pack_folder *folder = &watch->folders[i];
        struct stat status;
        if (stat(folder->path, &status) != 0) continue;
        struct timespec changed = time_of_change(&status);
        if (changed.tv_sec == folder->changed.tv_sec && changed.tv_nsec == folder->changed.tv_nsec)
            continue;
        int error = check_folder(folder);
        if (error < 0) return error;
        folder->changed = changed;
    }
    return 0;
}

static int backend_refresh(git_odb_backend *backend) {
    return check_changed((pack_watch *)backend);
}

/// Has nothing to read; libgit2 goes on to its own packs when the bases of the object end.
static int look_at(git_odb_backend *backend, const git_oid *id) {
    pack_watch *watch = (pack_watch *)backend;
    for (size_t i = 0; i < watch->count; i++) {
        pack_folder *folder = &watch->folders[i];
        for (size_t j = 0; j < folder->count; j++)
            if (!sheaf_pack_ends(folder->packs[j], id->id)) return damaged();
    }
    return GIT_ENOTFOUND;
}

static int backend_read(
    void **content, size_t *size, git_object_t *kind, git_odb_backend *backend,
    const git_oid *id) {
    (void)content, (void)size, (void)kind;
    return look_at(backend, id);
}

static int backend_read_header(
    size_t *size, git_object_t *kind, git_odb_backend *backend, const git_oid *id) {
    (void)size, (void)kind;
    return look_at(backend, id);
}

static void backend_free(git_odb_backend *backend) {
    pack_watch *watch = (pack_watch *)backend;
    for (size_t i = 0; i < watch->count; i++) {
        close_packs(&watch->folders[i]);
        free(watch->folders[i].path);
    }
    free(watch->folders);
    free(watch);
}

static int add_folder(pack_watch *watch, const char *objects) {
    size_t size = strlen(objects) + sizeof "/pack";
    char *path = malloc(size);
    if (!path) {
        git_error_set_oom();
        return GIT_ERROR;
    }
    snprintf(path, size, "%s/pack", objects);
    watch->folders[watch->count++].path = path;
    return 0;
}

int sheaf_check_packs(git_odb *objects, const char *const *folders, size_t count) {
    pack_watch *watch = calloc(1, sizeof *watch);
    if (watch) watch->folders = calloc(count ? count : 1, sizeof *watch->folders);
    if (!watch || !watch->folders) {
        free(watch);
        git_error_set_oom();
        return GIT_ERROR;
    }
    git_odb_init_backend(&watch->base, GIT_ODB_BACKEND_VERSION);
    watch->base.read = backend_read;
    watch->base.read_header = backend_read_header;
    watch->base.refresh = backend_refresh;
    watch->base.free = backend_free;
    int error = 0;
    for (size_t i = 0; i < count && !error; i++) error = add_folder(watch, folders[i]);
    if (!error) error = check_changed(watch);
    if (!error) error = git_odb_add_backend(objects, &watch->base, FIRST);
    if (error) backend_free(&watch->base);
    return error;
}
