#ifndef SHEAF_ALLOCATING_H
#define SHEAF_ALLOCATING_H

#include <stddef.h>

/// Makes libgit2 take memory from an allocator that refuses more than `largest` bytes at once. Called
/// before libgit2 is initialised. Returns 0 or an error of libgit2.
int sheaf_bound_allocations(size_t largest);

/// Until `sheaf_budget_end`, libgit2 may hold `bytes` more on this thread, and `stop` is asked now and
/// then: a negative answer, or an overrun, makes every further allocation fail. That ends loops in
/// which libgit2 asks nobody: its indexer 1.5.1 never comes back from a pack that has an object twice,
/// once behind a delta, and takes memory all the while.
void sheaf_budget_begin(size_t bytes, int (*stop)(void *), void *context);

void sheaf_budget_end(void);

#endif
