#ifndef SHEAF_SUBTRANSPORT_H
#define SHEAF_SUBTRANSPORT_H

#include <git2.h>
#include <git2/sys/transport.h>
#include <stddef.h>

/// What carries the bytes of libgit2's smart transport. Each function returns 0 or a negative code;
/// why is kept behind `context`. `context` must outlive the remote that uses it.
typedef struct sheaf_carrier {
    void *context;

    /// 1 when every request is a connection of its own (HTTP), 0 for one connection throughout.
    unsigned stateless;

    /// Makes a connection for the service; with a stateless carrier one for each request.
    int (*open)(void *context, int service);

    /// Reads at most `capacity` bytes; a count of 0 is the end.
    int (*read)(void *context, char *buffer, size_t capacity, size_t *count);

    /// Writes all of it.
    int (*write)(void *context, const char *bytes, size_t count);

    /// Ends the connection. Called once for each `open` that returned 0.
    void (*close)(void *context);
} sheaf_carrier;

/// A smart transport for `owner` over `carrier`, which it copies no more of than the pointer.
int sheaf_smart_transport(git_transport **out, git_remote *owner, sheaf_carrier *carrier);

#endif
