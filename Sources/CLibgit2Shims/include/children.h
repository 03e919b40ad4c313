#ifndef SHEAF_CHILDREN_H
#define SHEAF_CHILDREN_H

#include <stddef.h>
#include <sys/types.h>

/// Starts the program at `path` in a process group of its own, with these three descriptors as its
/// standard ones, every signal at its default and no other descriptor. Returns 0 or an `errno`.
int sheaf_spawn(
    pid_t *child, const char *path, const char *const *arguments,
    const char *const *environment, int input, int output, int error);

/// Whether the child has ended: 1 or 0. It stays a zombie, so its number stays its own.
int sheaf_child_has_ended(pid_t child);

/// Waits for the child and takes it away. Gives its exit status, or 128 and the number of the
/// signal that ended it, as a shell does.
int sheaf_child_reap(pid_t child);

/// Limits what the child, and what it starts, may allocate; mapped files do not count. Linux alone
/// can do that to another process.
void sheaf_child_limit_memory(pid_t child, size_t bytes);

#endif
