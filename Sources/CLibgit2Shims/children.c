#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // posix_spawn_file_actions_addclosefrom_np
#endif
#include "children.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

static int connect_descriptors(
    posix_spawn_file_actions_t *actions, int input, int output, int error) {
    int failure = posix_spawn_file_actions_adddup2(actions, input, 0);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, output, 1);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, error, 2);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 34))
    if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
    return failure;
}

static int set_attributes(posix_spawnattr_t *attributes) {
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    // This process ignores SIGPIPE, and what is ignored stays so in a program that is started.
    int failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure) failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure) failure = posix_spawnattr_setpgroup(attributes, 0);
    if (!failure) failure = posix_spawnattr_setflags(attributes, flags);
    return failure;
}

int sheaf_spawn(
    pid_t *child, const char *path, const char *const *arguments,
    const char *const *environment, int input, int output, int error) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure) return failure;
    failure = posix_spawnattr_init(&attributes);
    if (failure) {
        posix_spawn_file_actions_destroy(&actions);
        return failure;
    }
    failure = connect_descriptors(&actions, input, output, error);
    if (!failure) failure = set_attributes(&attributes);
    if (!failure) {
        failure = posix_spawn(
            child, path, &actions, &attributes, (char *const *)arguments,
            (char *const *)environment);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int sheaf_child_has_ended(pid_t child) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    int result;
    do {
        result = waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
    } while (result != 0 && errno == EINTR);
    // Without such a child there is nothing left to wait for.
    return result != 0 || info.si_pid == child;
}

int sheaf_child_reap(pid_t child) {
    int status = 0;
    pid_t result;
    do {
        result = waitpid(child, &status, 0);
    } while (result < 0 && errno == EINTR);
    if (result < 0) return 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void sheaf_child_limit_memory(pid_t child, size_t bytes) {
#ifdef __linux__
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
    // A child that has ended already needs none.
    (void)prlimit(child, RLIMIT_DATA, &limit, NULL);
#else
    (void)child;
    (void)bytes;
#endif
}
