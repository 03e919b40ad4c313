#ifndef SHEAF_CREATING_H
#define SHEAF_CREATING_H

#include <git2.h>

/// Creates a bare repository that must not exist. The initialiser of the options is a C macro.
int sheaf_repository_create_bare(git_repository **out, const char *path, const char *branch);

#endif
