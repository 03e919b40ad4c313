#ifndef SHEAF_WATCHING_H
#define SHEAF_WATCHING_H

#include <stddef.h>
#include <stdint.h>

/// From now on a read that takes longer than the deadline, or crashes, ends the process: it writes
/// `text` to standard error and exits with `status`. The text is copied. Once in a process. Returns
/// 0 or an `errno`.
int sheaf_watch_start(uint32_t deadline_milliseconds, const void *text, size_t size, int status);

/// A read begins on this thread; with `timed` the deadline holds for it. Reads may lie in each
/// other, then the outermost counts. Costs one comparison as long as nothing is watched.
void sheaf_watch_enter(int timed);

/// The read that began last on this thread is over.
void sheaf_watch_leave(void);

#endif
