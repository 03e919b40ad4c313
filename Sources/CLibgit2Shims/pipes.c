#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // pipe2
#endif
#include "pipes.h"

#include <fcntl.h>
#include <unistd.h>

int sheaf_pipe(int *read_end, int *write_end) {
    int ends[2];
#if defined(__linux__)
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
    if (pipe(ends) != 0) return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0) {
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
#endif
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int sheaf_do_not_wait(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}
