#include "deflater.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

struct sheaf_deflater {
    z_stream stream;
    size_t unread;  // zlib counts input in an unsigned int, so longer input is fed in parts.
};

sheaf_deflater *sheaf_deflater_new(void) {
    sheaf_deflater *deflater = calloc(1, sizeof *deflater);
    if (deflater && deflateInit(&deflater->stream, Z_BEST_SPEED) != Z_OK) {
        free(deflater);
        return NULL;
    }
    return deflater;
}

void sheaf_deflater_free(sheaf_deflater *deflater) {
    if (!deflater) return;
    deflateEnd(&deflater->stream);
    free(deflater);
}

int sheaf_deflater_begin(sheaf_deflater *deflater, const void *bytes, size_t count) {
    if (deflateReset(&deflater->stream) != Z_OK) return -1;
    deflater->stream.next_in = (Bytef *)bytes;
    deflater->stream.avail_in = 0;
    deflater->unread = count;
    return 0;
}

int sheaf_deflater_next(
    sheaf_deflater *deflater, void *buffer, size_t capacity, size_t *written) {
    z_stream *stream = &deflater->stream;
    uInt room = capacity > UINT_MAX ? UINT_MAX : (uInt)capacity;
    stream->next_out = buffer;
    stream->avail_out = room;

    int status = Z_OK;
    while (stream->avail_out > 0 && status == Z_OK) {
        if (stream->avail_in == 0 && deflater->unread > 0) {
            uInt part = deflater->unread > UINT_MAX ? UINT_MAX : (uInt)deflater->unread;
            stream->avail_in = part;
            deflater->unread -= part;
        }
        status = deflate(stream, deflater->unread == 0 ? Z_FINISH : Z_NO_FLUSH);
    }
    *written = room - stream->avail_out;
    if (status == Z_STREAM_END) return 1;
    return status == Z_OK || status == Z_BUF_ERROR ? 0 : -1;
}
