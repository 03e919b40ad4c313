#include "heaps.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void sheaf_share_heaps(int count) {
#ifdef __GLIBC__
    if (!getenv("MALLOC_ARENA_MAX")) mallopt(M_ARENA_MAX, count);
#else
    (void)count;
#endif
}
