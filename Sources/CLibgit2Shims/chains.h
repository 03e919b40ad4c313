#ifndef SHEAF_CHAINS_H
#define SHEAF_CHAINS_H

#include <stdint.h>

/// The index of a pack, open to follow the bases of deltas. libgit2 1.5.1 follows those of two
/// deltas that name each other for ever, takes memory all the while, and holds a lock that every
/// other read of the process needs.
typedef struct sheaf_pack sheaf_pack;

/// Opens an index that is sound, or NULL when it cannot be opened any more.
sheaf_pack *sheaf_pack_open(const char *index);

void sheaf_pack_close(sheaf_pack *pack);

/// Whether the pack has an object, and where.
int sheaf_pack_has(const sheaf_pack *pack, const unsigned char *id, uint64_t *offset);

/// Whether the bases of the object at an offset come to an end, as the open file of the pack tells:
/// 1, or 0 for a circle, for a base that is not there and for what is no entry of a pack.
int sheaf_pack_ends(const sheaf_pack *pack, int file, uint64_t offset);

#endif
