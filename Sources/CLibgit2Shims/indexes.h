#ifndef SHEAF_INDEXES_H
#define SHEAF_INDEXES_H

/// What the index of a pack is found to be.
typedef enum {
    /// It and the pack are in order.
    SHEAF_INDEX_SOUND,
    /// It is not there any more.
    SHEAF_INDEX_GONE,
    /// Its pack is not there, so nothing of it was looked at and nothing may be read by it.
    SHEAF_INDEX_ALONE,
    /// Its numbers lead outside of itself or of the pack, the pack is not the one that it is of, or
    /// either is no file.
    SHEAF_INDEX_DAMAGED,
    /// The system does not let it or the pack be opened: it says nothing of either.
    SHEAF_INDEX_UNREADABLE,
} sheaf_index_state;

/// Looks whether libgit2 may look into the index of a pack: 1.5.1 follows some of its numbers to
/// where nothing is mapped, and passes others over as if the pack were not there.
sheaf_index_state sheaf_check_index(const char *index, const char *pack);

#endif
