#include "allocating.h"

#include <git2.h>
#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <malloc/malloc.h>
#define size_of_block malloc_size
#else
#include <malloc.h>
#define size_of_block malloc_usable_size
#endif

// How many allocations lie between two questions; one costs about a microsecond.
enum { QUESTION_INTERVAL = 256 };

// libgit2 takes memory for as many bytes as an object, or the base of a delta, claims to have.
static size_t largest_allocation;

static _Thread_local struct {
    int is_on;
    int has_ended;
    unsigned count;
    size_t used;
    size_t bytes;
    int (*stop)(void *);
    void *context;
} budget;

void sheaf_budget_begin(size_t bytes, int (*stop)(void *), void *context) {
    memset(&budget, 0, sizeof budget);
    budget.bytes = bytes;
    budget.stop = stop;
    budget.context = context;
    budget.is_on = 1;
}

void sheaf_budget_end(void) {
    budget.is_on = 0;
}

static int is_refused(size_t size) {
    if (size > largest_allocation) return 1;
    if (!budget.is_on) return 0;
    if (!budget.has_ended && ++budget.count % QUESTION_INTERVAL == 0)
        budget.has_ended = budget.stop(budget.context) < 0;
    if (budget.used > budget.bytes) budget.has_ended = 1;
    return budget.has_ended;
}

static void count_in(void *memory) {
    if (budget.is_on && memory) budget.used += size_of_block(memory);
}

static void count_out(void *memory) {
    if (!budget.is_on || !memory) return;
    size_t size = size_of_block(memory);
    // What was taken before, or on another thread, may be given back here.
    budget.used -= size < budget.used ? size : budget.used;
}

static void *counted(void *memory) {
    count_in(memory);
    if (!memory) git_error_set_oom();
    return memory;
}

static void *bounded_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    return counted(is_refused(size) ? NULL : malloc(size ? size : 1));
}

static void *bounded_realloc(void *memory, size_t size, const char *file, int line) {
    (void)file, (void)line;
    if (is_refused(size)) return counted(NULL);
    count_out(memory);
    void *moved = realloc(memory, size ? size : 1);
    if (!moved) count_in(memory);
    return counted(moved);
}

static void bounded_free(void *memory) {
    count_out(memory);
    free(memory);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 6
// Later versions make these of the three above.
static void *bounded_calloc(size_t count, size_t size, const char *file, int line) {
    (void)file, (void)line;
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || is_refused(total)) return counted(NULL);
    return counted(calloc(count ? count : 1, size ? size : 1));
}

static char *bounded_substrdup(const char *text, size_t length, const char *file, int line) {
    char *copy = bounded_malloc(length + 1, file, line);
    if (!copy) return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

static char *bounded_strndup(const char *text, size_t length, const char *file, int line) {
    return bounded_substrdup(text, strnlen(text, length), file, line);
}

static char *bounded_strdup(const char *text, const char *file, int line) {
    return bounded_substrdup(text, strlen(text), file, line);
}

static void *bounded_reallocarray(
    void *memory, size_t count, size_t size, const char *file, int line) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) return counted(NULL);
    return bounded_realloc(memory, total, file, line);
}

static void *bounded_mallocarray(size_t count, size_t size, const char *file, int line) {
    return bounded_reallocarray(NULL, count, size, file, line);
}
#endif

int sheaf_bound_allocations(size_t largest) {
    static git_allocator bounded = {
        .gmalloc = bounded_malloc,
        .grealloc = bounded_realloc,
        .gfree = bounded_free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 6
        .gcalloc = bounded_calloc,
        .gstrdup = bounded_strdup,
        .gstrndup = bounded_strndup,
        .gsubstrdup = bounded_substrdup,
        .greallocarray = bounded_reallocarray,
        .gmallocarray = bounded_mallocarray,
#endif
    };
    largest_allocation = largest;
    return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &bounded);
}
