#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_CLOEXEC
#endif
#include "chains.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID = 20, FANOUT = 256 * 4, HEADER = 8, OFS_DELTA = 6, REF_DELTA = 7 };

struct sheaf_pack {
    const unsigned char *index;
    size_t size;
    int version;
    uint32_t count;
};

static uint32_t word(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static const unsigned char *map(const char *path, size_t *size) {
    struct stat status;
    void *memory = MAP_FAILED;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) return NULL;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_size >= FANOUT + HEADER) {
        *size = (size_t)status.st_size;
        memory = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    return memory == MAP_FAILED ? NULL : memory;
}

sheaf_pack *sheaf_pack_open(const char *index) {
    sheaf_pack *pack = calloc(1, sizeof *pack);
    if (!pack) return NULL;
    pack->index = map(index, &pack->size);
    if (!pack->index) {
        free(pack);
        return NULL;
    }
    pack->version = memcmp(pack->index, "\377tOc", 4) == 0 ? 2 : 1;
    pack->count = word(pack->index + (pack->version == 2 ? HEADER : 0) + FANOUT - 4);
    return pack;
}

void sheaf_pack_close(sheaf_pack *pack) {
    munmap((void *)pack->index, pack->size);
    free(pack);
}

/// The offset of the object at a place of the index. The index was found sound.
static uint64_t offset_at(const sheaf_pack *pack, uint32_t place) {
    if (pack->version == 1) return word(pack->index + FANOUT + (size_t)place * (4 + ID));
    const unsigned char *offsets = pack->index + HEADER + FANOUT + (size_t)pack->count * (ID + 4);
    uint32_t offset = word(offsets + (size_t)place * 4);
    if (!(offset & 0x80000000)) return offset;
    const unsigned char *large = offsets + (size_t)pack->count * 4
        + (size_t)(offset & 0x7FFFFFFF) * 8;
    return (uint64_t)word(large) << 32 | word(large + 4);
}

int sheaf_pack_has(const sheaf_pack *pack, const unsigned char *id, uint64_t *offset) {
    const unsigned char *fanout = pack->index + (pack->version == 2 ? HEADER : 0);
    size_t step = pack->version == 2 ? ID : 4 + ID;
    const unsigned char *ids = fanout + FANOUT + (pack->version == 2 ? 0 : 4);
    uint32_t low = id[0] ? word(fanout + 4 * (id[0] - 1)) : 0, high = word(fanout + 4 * id[0]);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(ids + (size_t)middle * step, id, ID);
        if (order == 0) {
            *offset = offset_at(pack, middle);
            return 1;
        }
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

/// Goes from an entry to its base: 1 with the base's offset, 0 when it has none, -1 when it has one
/// that is not there.
static int step_down(const sheaf_pack *pack, int file, uint64_t *offset) {
    unsigned char entry[10 + ID];
    ssize_t count = pread(file, entry, sizeof entry, (off_t)*offset);
    size_t at = 0;
    if (count <= 0) return -1;
    memset(entry + count, 0, sizeof entry - (size_t)count);
    int kind = entry[0] >> 4 & 7;
    if (kind != OFS_DELTA && kind != REF_DELTA) return 0;
    while (entry[at++] & 0x80)
        if (at == 10) return -1;
    if (kind == REF_DELTA) return sheaf_pack_has(pack, entry + at, offset) ? 1 : -1;
    uint64_t distance = entry[at] & 0x7F;
    for (int digits = 0; entry[at] & 0x80; digits++) {
        if (digits == 8) return -1;
        distance = (distance + 1) << 7 | (entry[++at] & 0x7F);
    }
    if (distance == 0 || distance >= *offset) return -1;
    *offset -= distance;
    return 1;
}

int sheaf_pack_ends(const sheaf_pack *pack, int file, uint64_t offset) {
    // A way without a circle meets no object twice.
    for (uint32_t steps = 0; steps <= pack->count; steps++) {
        int result = step_down(pack, file, &offset);
        if (result <= 0) return result == 0;
    }
    return 0;
}
