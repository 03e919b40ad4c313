#include "offering.h"

#include <git2/sys/refdb_backend.h>
#include <git2/sys/refs.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "refs/offers/";

typedef struct {
    git_refdb_backend base;
    size_t count;
    git_oid tips[];
} offers;

typedef struct {
    git_reference_iterator base;
    const offers *owner;
    size_t position;
    char name[sizeof prefix + 20];
} walk;

/// The commit of a name; NULL when it is none of ours.
static const git_oid *find(const offers *self, const char *name) {
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) return NULL;
    char *end = NULL;
    unsigned long index = strtoul(name + sizeof prefix - 1, &end, 10);
    return *end == '\0' && index < self->count ? &self->tips[index] : NULL;
}

static int offers_exists(int *exists, git_refdb_backend *backend, const char *name) {
    *exists = find((offers *)backend, name) != NULL;
    return 0;
}

static int offers_lookup(git_reference **out, git_refdb_backend *backend, const char *name) {
    const git_oid *tip = find((offers *)backend, name);
    if (!tip) return GIT_ENOTFOUND;
    *out = git_reference__alloc(name, tip, NULL);
    return *out ? 0 : GIT_ERROR;
}

static int walk_next_name(const char **name, git_reference_iterator *iterator) {
    walk *self = (walk *)iterator;
    if (self->position == self->owner->count) return GIT_ITEROVER;
    snprintf(self->name, sizeof self->name, "%s%zu", prefix, self->position++);
    *name = self->name;
    return 0;
}

static int walk_next(git_reference **out, git_reference_iterator *iterator) {
    walk *self = (walk *)iterator;
    const char *name;
    int error = walk_next_name(&name, iterator);
    if (error < 0) return error;
    return offers_lookup(out, (git_refdb_backend *)self->owner, name);
}

static void walk_free(git_reference_iterator *iterator) { free(iterator); }

static int offers_iterator(
    git_reference_iterator **out, git_refdb_backend *backend, const char *glob) {
    (void)glob;  // libgit2 asks for all of them
    walk *self = calloc(1, sizeof *self);
    if (!self) return GIT_ERROR;
    self->owner = (offers *)backend;
    self->base.next = walk_next;
    self->base.next_name = walk_next_name;
    self->base.free = walk_free;
    *out = &self->base;
    return 0;
}

// What a database must have though nobody asks it to change.

static int refuse_write(
    git_refdb_backend *backend, const git_reference *reference, int force,
    const git_signature *who, const char *message, const git_oid *old, const char *old_target) {
    (void)backend, (void)reference, (void)force, (void)who, (void)message, (void)old;
    (void)old_target;
    return GIT_EINVALID;
}

static int refuse_rename(
    git_reference **out, git_refdb_backend *backend, const char *old_name, const char *new_name,
    int force, const git_signature *who, const char *message) {
    (void)out, (void)backend, (void)old_name, (void)new_name, (void)force, (void)who, (void)message;
    return GIT_EINVALID;
}

static int refuse_delete(
    git_refdb_backend *backend, const char *name, const git_oid *old, const char *old_target) {
    (void)backend, (void)name, (void)old, (void)old_target;
    return GIT_EINVALID;
}

static int has_no_log(git_refdb_backend *backend, const char *name) {
    (void)backend, (void)name;
    return 0;
}

static int refuse_log(git_refdb_backend *backend, const char *name) {
    (void)backend, (void)name;
    return GIT_EINVALID;
}

static int read_no_log(git_reflog **out, git_refdb_backend *backend, const char *name) {
    (void)out, (void)backend, (void)name;
    return GIT_ENOTFOUND;
}

static int refuse_log_write(git_refdb_backend *backend, git_reflog *log) {
    (void)backend, (void)log;
    return GIT_EINVALID;
}

static int refuse_log_rename(
    git_refdb_backend *backend, const char *old_name, const char *new_name) {
    (void)backend, (void)old_name, (void)new_name;
    return GIT_EINVALID;
}

static void offers_free(git_refdb_backend *backend) { free(backend); }

static int attach(git_repository *repository, const git_oid *tips, size_t count) {
    offers *self = calloc(1, sizeof *self + count * sizeof *tips);
    if (!self) {
        git_error_set_oom();
        return GIT_ERROR;
    }
    git_refdb_init_backend(&self->base, GIT_REFDB_BACKEND_VERSION);
    self->base.exists = offers_exists;
    self->base.lookup = offers_lookup;
    self->base.iterator = offers_iterator;
    self->base.free = offers_free;
    self->base.write = refuse_write;
    self->base.rename = refuse_rename;
    self->base.del = refuse_delete;
    self->base.has_log = has_no_log;
    self->base.ensure_log = refuse_log;
    self->base.reflog_read = read_no_log;
    self->base.reflog_write = refuse_log_write;
    self->base.reflog_rename = refuse_log_rename;
    self->base.reflog_delete = refuse_log;
    self->count = count;
    if (count) memcpy(self->tips, tips, count * sizeof *tips);

    git_refdb *database = NULL;
    int error = git_refdb_new(&database, repository);
    if (error < 0) {
        free(self);
        return error;
    }
    error = git_refdb_set_backend(database, &self->base);
    // Refused, it is still ours.
    if (error < 0) free(self);
    if (!error) error = git_repository_set_refdb(repository, database);
    git_refdb_free(database);
    return error;
}

int sheaf_repository_offering(
    git_repository **out, git_odb *objects, const git_oid *tips, size_t count) {
    git_repository *repository = NULL;
    int error = git_repository_wrap_odb(&repository, objects);
    if (!error) error = attach(repository, tips, count);
    if (error < 0) {
        git_repository_free(repository);
        return error;
    }
    *out = repository;
    return 0;
}
