#ifndef SHEAF_NOTIFYING_H
#define SHEAF_NOTIFYING_H

#include <stddef.h>

/// Sends one datagram to a Unix socket: at a path, or an abstract one where `name` begins with `@`.
/// Never waits. Returns 0, or -1 with `errno`.
int sheaf_send_datagram(const char *name, const void *bytes, size_t count);

#endif
