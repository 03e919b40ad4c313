#ifndef SHEAF_PACKS_H
#define SHEAF_PACKS_H

#include <git2.h>
#include <stddef.h>

/// Checks the indexes of the packs below these folders of objects, now and whenever libgit2 looks
/// again at which packs there are, before it opens one. Negative when one is damaged.
int sheaf_check_packs(git_odb *objects, const char *const *folders, size_t count);

#endif
