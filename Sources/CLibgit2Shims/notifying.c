#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // SOCK_CLOEXEC
#endif
#include "notifying.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// A C function because sockaddr_un is filled in by hand, and its length counts for an abstract name.
int sheaf_send_datagram(const char *name, const void *bytes, size_t count) {
    struct sockaddr_un address;
    size_t length = strlen(name);
    if (length < 2 || length >= sizeof(address.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memset(&address, 0, sizeof(address));
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path, name, length);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
    if (name[0] == '@') {
        address.sun_path[0] = 0;
        size -= 1;
    }
    int descriptor = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor < 0) return -1;
    ssize_t sent = -1;
    if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0)
        sent = sendto(
            descriptor, bytes, count, MSG_DONTWAIT, (struct sockaddr *)&address, size);
    int problem = errno;
    close(descriptor);
    errno = problem;
    return sent == (ssize_t)count ? 0 : -1;
}
