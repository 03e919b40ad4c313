#ifndef SHEAF_OBJECT_ID_H
#define SHEAF_OBJECT_ID_H

#include <git2/oid.h>
#include <stdint.h>

// An object id crosses to Swift as three big-endian words: `git_oid` has other fields in builds of
// libgit2 with SHA-256, and an array in a C struct is a tuple of twenty elements in Swift.

static inline uint64_t sheaf_load(const unsigned char *bytes, int count) {
    uint64_t word = 0;
    for (int i = 0; i < count; i++) word = word << 8 | bytes[i];
    return word;
}

static inline void sheaf_store(unsigned char *bytes, int count, uint64_t word) {
    for (int i = count - 1; i >= 0; i--, word >>= 8) bytes[i] = (unsigned char)word;
}

static inline git_oid sheaf_oid_make(uint64_t high, uint64_t middle, uint32_t low) {
    git_oid oid = {0};
#ifdef GIT_EXPERIMENTAL_SHA256
    oid.type = GIT_OID_SHA1;
#endif
    sheaf_store(oid.id, 8, high);
    sheaf_store(oid.id + 8, 8, middle);
    sheaf_store(oid.id + 16, 4, low);
    return oid;
}

static inline uint64_t sheaf_oid_high(git_oid oid) { return sheaf_load(oid.id, 8); }
static inline uint64_t sheaf_oid_middle(git_oid oid) { return sheaf_load(oid.id + 8, 8); }
static inline uint32_t sheaf_oid_low(git_oid oid) { return (uint32_t)sheaf_load(oid.id + 16, 4); }

#endif
