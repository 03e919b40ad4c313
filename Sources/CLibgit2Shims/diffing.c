#include "diffing.h"

int sheaf_patch_from_bytes(
    git_patch **out, const void *old_bytes, size_t old_count, const void *new_bytes,
    size_t new_count, uint32_t context_lines) {
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    // The default of git since 2.14, and not of libgit2.
    options.flags |= GIT_DIFF_INDENT_HEURISTIC;
    options.context_lines = context_lines;
    options.interhunk_lines = 0;
    // git compares files of any size up to 1 GiB; the callers' limits are far below.
    options.max_size = -1;
    // Without an address libgit2 takes a side to be absent instead of empty.
    return git_patch_from_buffers(
        out, old_bytes ? old_bytes : "", old_count, NULL, new_bytes ? new_bytes : "", new_count,
        NULL, &options);
}

const char *sheaf_hunk_header(const git_diff_hunk *hunk) {
    return hunk->header;
}
