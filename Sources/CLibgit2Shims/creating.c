#include "creating.h"

int sheaf_repository_create_bare(git_repository **out, const char *path, const char *branch) {
    git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
    options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT
        | GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = branch;
    return git_repository_init_ext(out, path, &options);
}
