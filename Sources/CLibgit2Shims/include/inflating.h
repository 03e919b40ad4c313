#ifndef SHEAF_INFLATING_H
#define SHEAF_INFLATING_H

#include <stddef.h>

/// Inflates a whole gzip stream into at most `capacity` bytes. Returns 0; 1 when there is more than
/// that; -1 when the stream is damaged, cut short or followed by something.
int sheaf_gunzip(
    const void *bytes, size_t count, void *buffer, size_t capacity, size_t *written);

#endif
