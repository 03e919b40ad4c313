#ifndef SHEAF_DIFFING_H
#define SHEAF_DIFFING_H

#include <git2.h>
#include <stddef.h>
#include <stdint.h>

/// The patch from one content to another. The initialiser of the options is a C macro.
int sheaf_patch_from_bytes(
    git_patch **out, const void *old_bytes, size_t old_count, const void *new_bytes,
    size_t new_count, uint32_t context_lines);

/// The text of the hunk's first line; a C array in a struct is a tuple in Swift.
const char *sheaf_hunk_header(const git_diff_hunk *hunk);

#endif
