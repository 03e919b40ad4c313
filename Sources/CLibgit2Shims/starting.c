#include "starting.h"

#include <git2.h>
#include <git2/sys/alloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static int forget_ambient_configuration(void) {
    static const int levels[] = {
        GIT_CONFIG_LEVEL_PROGRAMDATA,
        GIT_CONFIG_LEVEL_SYSTEM,
        GIT_CONFIG_LEVEL_XDG,
        GIT_CONFIG_LEVEL_GLOBAL,
    };
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        int error = git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
        if (error < 0) return error;
    }
    return git_libgit2_opts(GIT_OPT_SET_TEMPLATE_PATH, "");
}

static int bound_memory(sheaf_git_limits limits) {
    static const git_object_t kinds[] = {
        GIT_OBJECT_COMMIT, GIT_OBJECT_TREE, GIT_OBJECT_BLOB, GIT_OBJECT_TAG,
    };
    int error = git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, limits.window_size);
    if (error < 0) return error;
    error = git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, limits.mapped_limit);
    if (error < 0) return error;
    error = git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)limits.cache_size);
    if (error < 0) return error;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        error = git_libgit2_opts(
            GIT_OPT_SET_CACHE_OBJECT_LIMIT, kinds[i], limits.cached_object_limit);
        if (error < 0) return error;
    }
    return 0;
}

// libgit2 takes memory for as many bytes as an object, or the base of a delta, claims to have, and a
// chain of deltas that ends nowhere grows for ever. With an allocator that refuses both are errors.
static size_t largest_allocation;

static void *allocate(size_t size) {
    return size > largest_allocation ? NULL : malloc(size ? size : 1);
}

static void *allocate_again(void *memory, size_t size) {
    return size > largest_allocation ? NULL : realloc(memory, size ? size : 1);
}

static void *bounded_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    void *memory = allocate(size);
    if (!memory) git_error_set_oom();
    return memory;
}

static void *bounded_realloc(void *memory, size_t size, const char *file, int line) {
    (void)file, (void)line;
    void *moved = allocate_again(memory, size);
    if (!moved) git_error_set_oom();
    return moved;
}

static void unbounded_free(void *memory) {
    free(memory);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 6
// Later versions make these of the three above.
static void *bounded_calloc(size_t count, size_t size, const char *file, int line) {
    (void)file, (void)line;
    size_t total;
    int overflows = __builtin_mul_overflow(count, size, &total) || total > largest_allocation;
    void *memory = overflows ? NULL : calloc(count ? count : 1, size ? size : 1);
    if (!memory) git_error_set_oom();
    return memory;
}

static char *bounded_substrdup(const char *text, size_t length, const char *file, int line) {
    char *copy = bounded_malloc(length + 1, file, line);
    if (!copy) return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

static char *bounded_strndup(const char *text, size_t length, const char *file, int line) {
    return bounded_substrdup(text, strnlen(text, length), file, line);
}

static char *bounded_strdup(const char *text, const char *file, int line) {
    return bounded_substrdup(text, strlen(text), file, line);
}

static void *bounded_reallocarray(
    void *memory, size_t count, size_t size, const char *file, int line) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) total = SIZE_MAX;
    return bounded_realloc(memory, total, file, line);
}

static void *bounded_mallocarray(size_t count, size_t size, const char *file, int line) {
    return bounded_reallocarray(NULL, count, size, file, line);
}
#endif

static int bound_allocations(size_t largest) {
    static git_allocator bounded = {
        .gmalloc = bounded_malloc,
        .grealloc = bounded_realloc,
        .gfree = unbounded_free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 6
        .gcalloc = bounded_calloc,
        .gstrdup = bounded_strdup,
        .gstrndup = bounded_strndup,
        .gsubstrdup = bounded_substrdup,
        .greallocarray = bounded_reallocarray,
        .gmallocarray = bounded_mallocarray,
#endif
    };
    largest_allocation = largest;
    return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &bounded);
}

int sheaf_git_start(sheaf_git_limits limits) {
    // A subtransport writes a last flush after its peer has gone.
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR) return GIT_ERROR;

    // Nothing may have been allocated before.
    int error = bound_allocations(limits.largest_allocation);
    if (error < 0) return error;
    error = git_libgit2_init();
    if (error < 0) return error;
    error = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    if (error < 0) return error;
    error = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 1);
    if (error < 0) return error;
    error = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
    if (error < 0) return error;
    // The owner of a repository matters to programs that run its hooks or commands from its
    // configuration. libgit2 runs neither, and a repository is only opened at an exact path.
    error = git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    if (error < 0) return error;
    error = forget_ambient_configuration();
    if (error < 0) return error;
    return bound_memory(limits);
}
