#ifndef SHEAF_LOOSE_H
#define SHEAF_LOOSE_H

#include <git2.h>
#include <stddef.h>

/// Reads loose objects in place of libgit2, below the folders named: 1.5.1 never returns from one
/// whose zlib stream is cut short, waits for a named pipe, and takes no notice of bytes behind the
/// stream. Nothing over `largest` bytes is inflated. Comes behind the packs, before libgit2's own.
int sheaf_read_loose(
    git_odb *objects, const char *const *folders, size_t count, size_t largest);

#endif
