#ifndef SHEAF_FETCHING_H
#define SHEAF_FETCHING_H

#include <git2.h>
#include <stddef.h>

#include "subtransport.h"

/// Called all through a transfer, also while deltas are resolved and while memory is taken; negative
/// ends the transfer.
typedef int (*sheaf_progress)(void *context);

/// What one remote is driven with. Must outlive the connection.
typedef struct sheaf_fetch {
    sheaf_carrier *carrier;
    sheaf_progress progress;
    size_t memory;  // bytes that libgit2 may hold for this connection
} sheaf_fetch;

/// Makes a remote without a name, for which `url.<base>.insteadOf` is not looked up: libgit2 1.5.1
/// leaks 20 KiB for each entry of the configuration that it compares with that pattern.
int sheaf_remote_create(git_remote **out, git_repository *repository, const char *url);

/// Connects for fetching. The options' structs differ between versions of libgit2.
int sheaf_remote_connect(git_remote *remote, sheaf_fetch *fetch);

/// Downloads what the refspecs name and this repository lacks. No tag, no prune, no FETCH_HEAD; no
/// reference is moved.
int sheaf_remote_download(
    git_remote *remote, sheaf_fetch *fetch, const char *const *refspecs, size_t count);

#endif
