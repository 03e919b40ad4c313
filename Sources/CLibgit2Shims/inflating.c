#include "inflating.h"

#include <limits.h>
#include <zlib.h>

int sheaf_gunzip(
    const void *bytes, size_t count, void *buffer, size_t capacity, size_t *written) {
    z_stream stream = {0};
    *written = 0;
    if (count > UINT_MAX || capacity > UINT_MAX) return -1;
    // 16 more than the window's size: gzip's header and trailer, and nothing else.
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return -1;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = buffer;
    stream.avail_out = (uInt)capacity;
    int status = inflate(&stream, Z_FINISH);
    *written = capacity - stream.avail_out;
    int is_whole = status == Z_STREAM_END && stream.avail_in == 0;
    int is_full = status != Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return is_whole ? 0 : is_full ? 1 : -1;
}
