#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // sigaltstack
#endif
#include "watching.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// A read that overruns its stack crashes, and the handler needs another one to run on.
enum { SLOTS = 64, HANDLER_STACK = 64 << 10, FREE = 0, UNTIMED = 1 };

static struct {
    atomic_int is_on;
    uint64_t deadline;  // milliseconds
    const char *text;
    size_t size;
    int status;
    pthread_key_t stack_key;
    // When the read on each thread began, in milliseconds; or FREE, or UNTIMED.
    _Atomic uint64_t reads[SLOTS];
} watch;

static _Thread_local int depth;
static _Thread_local int slot = -1;
static _Thread_local int has_stack;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    // Above FREE and UNTIMED even when the machine has just started.
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000 + 2;
}

/// Only what is safe in a signal handler: nothing is known of the state of this process.
static void end_process(void) {
    const char *next = watch.text;
    size_t left = watch.size;
    while (left > 0) {
        ssize_t count = write(STDERR_FILENO, next, left);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        next += count;
        left -= (size_t)count;
    }
    _exit(watch.status);
}

static void handle_crash(int number) {
    if (depth > 0) end_process();
    // Not a read: this program's own fault, which shows as it would without a watch.
    signal(number, SIG_DFL);
    raise(number);
}

static void *look(void *unused) {
    (void)unused;
    uint64_t pause = watch.deadline / 8;
    pause = pause < 1 ? 1 : pause > 250 ? 250 : pause;
    struct timespec time = {0, (long)(pause * 1000000)};
    for (;;) {
        nanosleep(&time, NULL);
        uint64_t moment = now();
        for (int i = 0; i < SLOTS; i++) {
            uint64_t began = atomic_load_explicit(&watch.reads[i], memory_order_relaxed);
            if (began > UNTIMED && moment > began && moment - began > watch.deadline)
                end_process();
        }
    }
    return NULL;
}

static void free_stack(void *stack) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    free(stack);
}

static void give_stack(void) {
    has_stack = 1;
    void *memory = malloc(HANDLER_STACK);
    if (!memory) return;
    stack_t stack = {.ss_sp = memory, .ss_size = HANDLER_STACK};
    if (sigaltstack(&stack, NULL) != 0 || pthread_setspecific(watch.stack_key, memory) != 0)
        free_stack(memory);
}

int sheaf_watch_start(uint32_t deadline, const void *text, size_t size, int status) {
    static atomic_flag started = ATOMIC_FLAG_INIT;
    if (atomic_flag_test_and_set(&started)) return EALREADY;
    char *copy = malloc(size ? size : 1);
    if (!copy) return ENOMEM;
    memcpy(copy, text, size);
    watch.text = copy;
    watch.size = size;
    watch.status = status;
    watch.deadline = deadline;
    int failure = pthread_key_create(&watch.stack_key, free_stack);
    if (failure) return failure;

    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle_crash;
    // The handler raises a signal that is not its business again.
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        if (sigaction(crashes[i], &action, NULL) != 0) return errno;

    // Signals are for the threads that do the work.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    failure = pthread_create(&thread, NULL, look, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure) return failure;
    pthread_detach(thread);
    atomic_store(&watch.is_on, 1);
    return 0;
}

void sheaf_watch_enter(int timed) {
    if (!atomic_load_explicit(&watch.is_on, memory_order_relaxed)) return;
    if (depth++ > 0) return;
    if (!has_stack) give_stack();
    uint64_t value = timed ? now() : UNTIMED;
    for (int i = 0; i < SLOTS; i++) {
        uint64_t expected = FREE;
        int candidate = slot < 0 ? i : (slot + i) % SLOTS;
        if (atomic_compare_exchange_strong(&watch.reads[candidate], &expected, value)) {
            slot = candidate;
            return;
        }
    }
    // More threads than places: this read is watched for crashes alone.
    slot = -1;
}

void sheaf_watch_leave(void) {
    if (depth == 0 || --depth > 0 || slot < 0) return;
    atomic_store_explicit(&watch.reads[slot], FREE, memory_order_release);
}
