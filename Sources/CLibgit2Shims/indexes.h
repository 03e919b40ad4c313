#ifndef SHEAF_INDEXES_H
#define SHEAF_INDEXES_H

/// Whether libgit2 may look into the index of a pack: 1, or 0 when its numbers lead outside of the
/// index or of the pack, when the pack is not the one that it is of, or when either is no file.
/// libgit2 1.5.1 follows some of these numbers to where nothing is mapped, and passes others over
/// as if the pack were not there. An index that is not there any more is in order.
int sheaf_index_is_sound(const char *index, const char *pack);

#endif
