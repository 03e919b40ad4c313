#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_CLOEXEC
#endif
#include "indexes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID = 20, FANOUT = 256 * 4, HEADER = 8, TRAILER = 2 * ID, PACK_HEADER = 12 };

static uint32_t word(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

enum { IRREGULAR = -1, GONE = -2, UNREADABLE = -3 };

/// Opens a regular file without waiting for a pipe; otherwise gives one of the above.
static int open_file(const char *path, off_t *size) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) return errno == ENOENT ? GONE : errno == ELOOP ? IRREGULAR : UNREADABLE;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        *size = status.st_size;
        return file;
    }
    close(file);
    return IRREGULAR;
}

static int read_at(int file, void *buffer, size_t size, off_t place) {
    ssize_t count;
    do {
        count = pread(file, buffer, size, place);
    } while (count < 0 && errno == EINTR);
    return count == (ssize_t)size;
}

/// What an index says of itself before its tables.
typedef struct {
    int file;
    off_t size;
    int version;
    uint32_t count;
} index_file;

/// Reads the version and the number of objects; the fan-out must not go down.
static int read_fanout(index_file *index) {
    unsigned char header[HEADER], fanout[FANOUT];
    if (!read_at(index->file, header, sizeof header, 0)) return 0;
    index->version = memcmp(header, "\377tOc", 4) == 0 ? (int)word(header + 4) : 1;
    if (index->version != 1 && index->version != 2) return 0;
    if (!read_at(index->file, fanout, sizeof fanout, index->version == 1 ? 0 : HEADER)) return 0;
    for (int i = 0; i < 256; i++) {
        uint32_t next = word(fanout + 4 * i);
        if (next < index->count) return 0;
        index->count = next;
    }
    return 1;
}

/// Every number of a table of offsets leads into the pack; of version 2 also through the table of
/// long offsets, which `longs` counts.
static int check_offsets(
    const index_file *index, off_t table, size_t step, off_t pack_end, uint32_t longs) {
    unsigned char part[24 * 512];
    size_t limit = sizeof part / step;
    for (uint32_t done = 0; done < index->count;) {
        size_t count = index->count - done < limit ? index->count - done : limit;
        if (!read_at(index->file, part, count * step, table + (off_t)done * (off_t)step)) return 0;
        for (size_t i = 0; i < count; i++) {
            uint32_t offset = word(part + i * step);
            if (index->version == 2 && offset & 0x80000000) {
                if ((offset & 0x7FFFFFFF) >= longs) return 0;
            } else if (offset < PACK_HEADER || (off_t)offset >= pack_end) {
                return 0;
            }
        }
        done += (uint32_t)count;
    }
    return 1;
}

static int check_long_offsets(
    const index_file *index, off_t table, off_t pack_end, uint32_t longs) {
    for (uint32_t i = 0; i < longs; i++) {
        unsigned char number[8];
        if (!read_at(index->file, number, sizeof number, table + (off_t)i * 8)) return 0;
        uint64_t offset = (uint64_t)word(number) << 32 | word(number + 4);
        if (offset < PACK_HEADER || offset >= (uint64_t)pack_end) return 0;
    }
    return 1;
}

static int check_tables(const index_file *index, off_t pack_end) {
    off_t count = index->count;
    if (index->version == 1) {
        return index->size == FANOUT + count * (4 + ID) + TRAILER
            && check_offsets(index, FANOUT, 4 + ID, pack_end, 0);
    }
    off_t offsets = HEADER + FANOUT + count * (ID + 4), longs = offsets + count * 4;
    off_t rest = index->size - longs - TRAILER;
    if (rest < 0 || rest % 8 != 0 || rest / 8 > count) return 0;
    return check_offsets(index, offsets, 4, pack_end, (uint32_t)(rest / 8))
        && check_long_offsets(index, longs, pack_end, (uint32_t)(rest / 8));
}

/// The pack has as many objects as its index, and the checksum that the index names.
static int check_pack(const index_file *index, int pack, off_t size) {
    unsigned char header[PACK_HEADER], own[ID], named[ID];
    if (size < PACK_HEADER + ID || !read_at(pack, header, sizeof header, 0)) return 0;
    if (memcmp(header, "PACK", 4) != 0 || word(header + 8) != index->count) return 0;
    if (word(header + 4) != 2 && word(header + 4) != 3) return 0;
    return read_at(pack, own, ID, size - ID)
        && read_at(index->file, named, ID, index->size - TRAILER) && memcmp(own, named, ID) == 0;
}

sheaf_index_state sheaf_check_index(const char *path, const char *pack_path) {
    index_file index = {0};
    off_t pack_size = 0;
    index.file = open_file(path, &index.size);
    if (index.file == GONE) return SHEAF_INDEX_GONE;
    if (index.file == UNREADABLE) return SHEAF_INDEX_UNREADABLE;
    if (index.file < 0) return SHEAF_INDEX_DAMAGED;
    int pack = open_file(pack_path, &pack_size);
    sheaf_index_state found = SHEAF_INDEX_DAMAGED;
    if (pack == GONE) found = SHEAF_INDEX_ALONE;
    if (pack == UNREADABLE) found = SHEAF_INDEX_UNREADABLE;
    if (pack >= 0) {
        int is_sound = read_fanout(&index) && check_pack(&index, pack, pack_size)
            && check_tables(&index, pack_size - ID);
        if (is_sound) found = SHEAF_INDEX_SOUND;
        close(pack);
    }
    close(index.file);
    return found;
}
