#ifndef SHEAF_HEAPS_H
#define SHEAF_HEAPS_H

/// Lets the threads of this process share so many heaps, unless `MALLOC_ARENA_MAX` says how many:
/// glibc gives them heaps of their own, up to eight for each processor. Said before there are
/// threads; of no effect without glibc. Swift's module of it does not have `mallopt`.
void sheaf_share_heaps(int count);

#endif
