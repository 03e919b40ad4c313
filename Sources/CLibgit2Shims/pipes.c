#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // pipe2
#endif
#include "pipes.h"

#include <fcntl.h>
#include <unistd.h>

// A child's standard descriptors are made from its ends, so none of them may be one of those.
static int moved_up(int descriptor) {
    if (descriptor > 2 || descriptor < 0) return descriptor;
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    close(descriptor);
    return moved;
}

static int close_both(int first, int second) {
    if (first >= 0) close(first);
    if (second >= 0) close(second);
    return -1;
}

int sheaf_pipe(int *read_end, int *write_end) {
    int ends[2];
#if defined(__linux__)
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
    if (pipe(ends) != 0) return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        return close_both(ends[0], ends[1]);
#endif
    ends[0] = moved_up(ends[0]);
    ends[1] = moved_up(ends[1]);
    if (ends[0] < 0 || ends[1] < 0) return close_both(ends[0], ends[1]);
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int sheaf_do_not_wait(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}
