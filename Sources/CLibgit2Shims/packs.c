#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_CLOEXEC
#endif
#include "packs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "chains.h"
#include "indexes.h"

// In front of libgit2's packs, whose priority is 2.
enum { FIRST = 1000, LONGEST = 4096 };

// A pack is not the file that it was when it was checked; and how often that can be so for one read.
enum { CHANGED = 1, MOST_CHANGES = 16 };

/// What a file was when it was looked at. A pack and its index never change in place, so one that
/// is the same by all of these has not been exchanged for another. One that is not need not be
/// damaged: who has an object to write that is there already marks its pack as changed now, and an
/// index can be there for a moment before its pack.
typedef struct {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
} file_state;

typedef struct {
    char *name;  // of the index, in its folder
    file_state index, pack;
    sheaf_pack *opened;
} known_pack;

typedef struct {
    char *path;  // of the folder of packs
    struct timespec changed;
    // Whether some pack of it is damaged, unreadable or not there yet: then the folder is looked at
    // with each read, because libgit2 may know that pack, or come to know it.
    int is_unsettled;
    size_t count;
    known_pack *packs;
} pack_folder;

typedef struct {
    git_odb_backend base;
    size_t count;
    pack_folder *folders;
    // The pack that was read last and its file: a runtime has many packs, and few descriptors.
    const sheaf_pack *read;
    int file;
    // The object whose bases were found to end last: its header is read before its contents.
    git_oid ended;
} pack_watch;

static int damaged(void) {
    git_error_set_str(GIT_ERROR_ODB, "a pack or its index is damaged");
    return GIT_ERROR;
}

/// Says nothing of the repository: this process has too many files open, or may not read it.
static int unreadable(void) {
    git_error_set_str(GIT_ERROR_OS, "a pack or its index cannot be opened");
    return GIT_ERROR;
}

static int out_of_memory(void) {
    git_error_set_oom();
    return GIT_ERROR;
}

static struct timespec time_of_change(const struct stat *status) {
#ifdef __APPLE__
    return status->st_mtimespec;
#else
    return status->st_mtim;
#endif
}

static int is_same_time(struct timespec one, struct timespec other) {
    return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

static file_state state(const struct stat *status) {
    return (file_state){
        .device = status->st_dev,
        .number = status->st_ino,
        .size = status->st_size,
        .changed = time_of_change(status),
    };
}

/// Nothing of a file that is not there.
static file_state state_of(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? state(&status) : (file_state){0};
}

static int is_same(const file_state *one, const file_state *other) {
    return one->device == other->device && one->number == other->number
        && one->size == other->size && is_same_time(one->changed, other->changed);
}

static void close_packs(known_pack *packs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (packs[i].opened) sheaf_pack_close(packs[i].opened);
        free(packs[i].name);
    }
    free(packs);
}

/// Takes a pack out of those that were known, if it is the same still.
static sheaf_pack *take_known(
    known_pack *packs, size_t count, const char *name, const file_state *index,
    const file_state *pack) {
    for (size_t i = 0; i < count; i++) {
        if (!packs[i].opened || strcmp(packs[i].name, name) != 0) continue;
        if (!is_same(&packs[i].index, index) || !is_same(&packs[i].pack, pack)) return NULL;
        sheaf_pack *opened = packs[i].opened;
        packs[i].opened = NULL;
        return opened;
    }
    return NULL;
}

static int add_pack(pack_folder *folder, known_pack added) {
    known_pack *packs = realloc(folder->packs, (folder->count + 1) * sizeof *packs);
    if (packs) folder->packs = packs;
    added.name = strdup(added.name);
    if (!packs || !added.name) {
        sheaf_pack_close(added.opened);
        free(added.name);
        return out_of_memory();
    }
    packs[folder->count++] = added;
    return 0;
}

/// Writes the path of a file beside an index. Returns whether it is short enough.
static int write_path(
    char path[static LONGEST], const pack_folder *folder, const char *name, const char *suffix) {
    int stem = (int)strlen(name) - 4;
    int length = snprintf(path, LONGEST, "%s/%.*s%s", folder->path, stem, name, suffix);
    return length >= 0 && length < LONGEST;
}

/// Opens an index that was found sound, unless it was exchanged meanwhile.
static int open_index(pack_folder *folder, known_pack *found, const char *index) {
    found->opened = sheaf_pack_open(index);
    file_state now = state_of(index);
    if (found->opened && is_same(&now, &found->index)) return add_pack(folder, *found);
    if (found->opened) sheaf_pack_close(found->opened);
    folder->is_unsettled = 1;
    return found->opened || now.number == 0 ? 0 : unreadable();
}

/// Checks one index with its pack, unless both are among the `count` that were checked before.
static int check_index(
    pack_folder *folder, known_pack *known, size_t count, char *name) {
    char index[LONGEST], pack[LONGEST];
    if (!write_path(index, folder, name, ".idx") || !write_path(pack, folder, name, ".pack"))
        return damaged();
    known_pack found = {.name = name, .index = state_of(index), .pack = state_of(pack)};
    found.opened = take_known(known, count, name, &found.index, &found.pack);
    if (found.opened) return add_pack(folder, found);
    switch (sheaf_check_index(index, pack)) {
    case SHEAF_INDEX_SOUND: return open_index(folder, &found, index);
    case SHEAF_INDEX_GONE: return 0;
    case SHEAF_INDEX_ALONE:
        folder->is_unsettled = 1;
        return 0;
    case SHEAF_INDEX_DAMAGED: return damaged();
    case SHEAF_INDEX_UNREADABLE: return unreadable();
    }
    return damaged();
}

static int check_folder(pack_folder *folder) {
    known_pack *known = folder->packs;
    size_t count = folder->count;
    folder->packs = NULL;
    folder->count = 0;
    folder->is_unsettled = 0;
    int error = 0;
    DIR *stream = opendir(folder->path);
    if (!stream && errno != ENOENT && errno != ENOTDIR) error = unreadable();
    struct dirent *entry;
    while (stream && !error && (entry = readdir(stream))) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".idx") == 0)
            error = check_index(folder, known, count, entry->d_name);
    }
    if (stream) closedir(stream);
    close_packs(known, count);
    if (error) folder->is_unsettled = 1;
    return error;
}

static void close_file(pack_watch *watch) {
    if (watch->read) close(watch->file);
    watch->read = NULL;
    memset(&watch->ended, 0, sizeof watch->ended);
}

/// Checks the folders that changed since they were last found in order, and those that were not.
static int check_changed(pack_watch *watch) {
    for (size_t i = 0; i < watch->count; i++) {
        pack_folder *folder = &watch->folders[i];
        struct stat status;
        if (stat(folder->path, &status) != 0) continue;
        struct timespec changed = time_of_change(&status);
        if (is_same_time(changed, folder->changed) && !folder->is_unsettled) continue;
        close_file(watch);
        int error = check_folder(folder);
        if (error < 0) return error;
        folder->changed = changed;
    }
    return 0;
}

static int backend_refresh(git_odb_backend *backend) {
    return check_changed((pack_watch *)backend);
}

/// Opens the file of a pack unless it is open. Returns 0, CHANGED, GIT_ENOTFOUND when the pack is
/// gone, as after others took its place, or another error.
static int open_file(pack_watch *watch, const pack_folder *folder, const known_pack *pack) {
    char path[LONGEST];
    struct stat status;
    if (watch->read == pack->opened) return 0;
    if (!write_path(path, folder, pack->name, ".pack")) return damaged();
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) return errno == ENOENT ? GIT_ENOTFOUND : unreadable();
    file_state found = {0};
    if (fstat(file, &status) == 0) found = state(&status);
    if (!is_same(&found, &pack->pack)) {
        close(file);
        return CHANGED;
    }
    close_file(watch);
    watch->read = pack->opened;
    watch->file = file;
    return 0;
}

/// Looks whether the bases of an object end in each pack that has it. Returns 0, CHANGED or an error.
static int check_bases(pack_watch *watch, const git_oid *id) {
    for (size_t i = 0; i < watch->count; i++) {
        const pack_folder *folder = &watch->folders[i];
        for (size_t j = 0; j < folder->count; j++) {
            const known_pack *pack = &folder->packs[j];
            uint64_t offset;
            if (!sheaf_pack_has(pack->opened, id->id, &offset)) continue;
            int error = open_file(watch, folder, pack);
            if (error == GIT_ENOTFOUND) continue;
            if (error) return error;
            if (!sheaf_pack_ends(pack->opened, watch->file, offset)) return damaged();
        }
    }
    return 0;
}

/// Checks each pack that is not what it was, though its folder may be.
static int check_again(pack_watch *watch) {
    for (size_t i = 0; i < watch->count; i++) watch->folders[i].is_unsettled = 1;
    return check_changed(watch);
}

static int check_unsettled(pack_watch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        if (watch->folders[i].is_unsettled) return check_changed(watch);
    return 0;
}

/// Has nothing to read; libgit2 goes on to its own packs when the bases of the object end.
static int look_at(git_odb_backend *backend, const git_oid *id) {
    pack_watch *watch = (pack_watch *)backend;
    int error = check_unsettled(watch);
    if (error) return error;
    if (git_oid_equal(&watch->ended, id)) return GIT_ENOTFOUND;
    error = check_bases(watch, id);
    for (int changes = 0; error == CHANGED && changes < MOST_CHANGES; changes++) {
        error = check_again(watch);
        if (!error) error = check_bases(watch, id);
    }
    if (error == CHANGED) error = damaged();
    if (error) return error;
    watch->ended = *id;
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
    close_file(watch);
    for (size_t i = 0; i < watch->count; i++) {
        close_packs(watch->folders[i].packs, watch->folders[i].count);
        free(watch->folders[i].path);
    }
    free(watch->folders);
    free(watch);
}

static int add_folder(pack_watch *watch, const char *objects) {
    size_t size = strlen(objects) + sizeof "/pack";
    char *path = malloc(size);
    if (!path) return out_of_memory();
    snprintf(path, size, "%s/pack", objects);
    watch->folders[watch->count++].path = path;
    return 0;
}

int sheaf_check_packs(git_odb *objects, const char *const *folders, size_t count) {
    pack_watch *watch = calloc(1, sizeof *watch);
    if (watch) watch->folders = calloc(count ? count : 1, sizeof *watch->folders);
    if (!watch || !watch->folders) {
        free(watch);
        return out_of_memory();
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
