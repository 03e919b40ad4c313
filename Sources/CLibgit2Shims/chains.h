#ifndef SHEAF_CHAINS_H
#define SHEAF_CHAINS_H

#include <stddef.h>

/// A pack and its index, open to follow the bases of deltas. libgit2 1.5.1 follows those of two
/// deltas that name each other for ever, takes memory all the while, and holds a lock that every
/// other read of the process needs.
typedef struct sheaf_pack sheaf_pack;

/// Opens a pack whose index is sound, or NULL when it is not there any more.
sheaf_pack *sheaf_pack_open(const char *index, const char *pack);

void sheaf_pack_close(sheaf_pack *pack);

/// Whether the bases of an object come to an end: 1, also when the pack does not have it; 0 for a
/// circle, for a base that is not there and for what is no entry of a pack.
int sheaf_pack_ends(const sheaf_pack *pack, const unsigned char *id);

#endif
