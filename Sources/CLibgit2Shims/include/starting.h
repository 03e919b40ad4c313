#ifndef SHEAF_STARTING_H
#define SHEAF_STARTING_H

#include <stddef.h>

/// What the process-wide options of libgit2 are set to, in bytes.
typedef struct sheaf_git_limits {
    size_t window_size;
    size_t mapped_limit;
    size_t cache_size;
    size_t cached_object_limit;
    size_t largest_allocation;
} sheaf_git_limits;

/// Initialises libgit2 and sets its global options. `git_libgit2_opts` is variadic, which Swift
/// cannot call. Returns 0, or the code of the first step that failed.
int sheaf_git_start(sheaf_git_limits limits);

#endif
