#ifndef SHEAF_DEFLATER_H
#define SHEAF_DEFLATER_H

#include <stddef.h>
#include <stdint.h>

/// One zlib compressor that is used again for one buffer after the other.
typedef struct sheaf_deflater sheaf_deflater;

/// A compressor at zlib's level 1, or NULL without memory.
sheaf_deflater *sheaf_deflater_new(void);

void sheaf_deflater_free(sheaf_deflater *deflater);

/// Starts a stream over `count` bytes, which must stay where they are until it has ended.
int sheaf_deflater_begin(sheaf_deflater *deflater, const void *bytes, size_t count);

/// Writes at most `capacity` bytes. Returns 1 when the stream has ended, 0 when there is more,
/// negative when zlib failed.
int sheaf_deflater_next(
    sheaf_deflater *deflater, void *buffer, size_t capacity, size_t *written);

#endif
