#ifndef CLIBGIT2_SHIMS_H
#define CLIBGIT2_SHIMS_H

#include <git2.h>

/// `git_libgit2_opts` is variadic, which Swift cannot call.
int sheaf_git_enable_fsync(int enabled);

#endif
