#ifndef SHEAF_PIPES_H
#define SHEAF_PIPES_H

/// A pipe that no other child inherits. Returns 0, or -1 with `errno`.
int sheaf_pipe(int *read_end, int *write_end);

/// Makes reads and writes return instead of waiting. Returns 0, or -1 with `errno`.
int sheaf_do_not_wait(int descriptor);

#endif
