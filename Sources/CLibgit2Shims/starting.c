#include "starting.h"

#include <git2.h>
#include <signal.h>
#include <sys/types.h>

#include "allocating.h"

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

int sheaf_git_start(sheaf_git_limits limits) {
    // A subtransport writes a last flush after its peer has gone.
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR) return GIT_ERROR;

    // Nothing may have been allocated before.
    int error = sheaf_bound_allocations(limits.largest_allocation);
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
