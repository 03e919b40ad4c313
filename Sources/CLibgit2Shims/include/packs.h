#ifndef SHEAF_PACKS_H
#define SHEAF_PACKS_H

#include <git2.h>
#include <stddef.h>

/// Checks the indexes of the packs below these folders of objects, now and whenever libgit2 looks
/// again at which packs there are, before it opens one; and before it reads an object of a pack,
/// whether the bases of its delta come to an end. Negative when an index is damaged.
int sheaf_check_packs(git_odb *objects, const char *const *folders, size_t count);

#endif
