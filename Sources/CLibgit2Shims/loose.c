#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_CLOEXEC
#endif
#include "loose.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

// The priority of libgit2's packs. Backends of one priority are asked in the order in which they
// were added, and loose objects have a lower one.
enum { BEHIND_PACKS = 2, PART = 16 << 10, LONGEST_HEADER = 64 };

typedef struct {
    git_odb_backend base;
    size_t largest;
    size_t count;
    char **folders;
} loose_reader;

/// A stream of a file's bytes through zlib.
typedef struct {
    z_stream zlib;
    int file;
    int ended;
    unsigned char input[PART];
} stream;

static int damaged(const char *what) {
    git_error_set_str(GIT_ERROR_ODB, what);
    return GIT_ERROR;
}

/// Opens the object's file. Anything but a regular one is damage; a pipe is not waited for.
static int open_object(int *file, const loose_reader *reader, const git_oid *id) {
    char name[GIT_OID_HEXSZ + 2], path[4096];
    git_oid_pathfmt(name, id);
    name[GIT_OID_HEXSZ + 1] = 0;
    for (size_t i = 0; i < reader->count; i++) {
        struct stat status;
        int length = snprintf(path, sizeof path, "%s/%s", reader->folders[i], name);
        if (length < 0 || (size_t)length >= sizeof path) continue;
        *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (*file < 0) {
            if (errno == ENOENT || errno == ENOTDIR) continue;
            if (errno == ELOOP) return damaged("a loose object is no file");
            git_error_set_str(GIT_ERROR_OS, "a loose object cannot be opened");
            return GIT_ERROR;
        }
        if (fstat(*file, &status) == 0 && S_ISREG(status.st_mode)) return 0;
        close(*file);
        return damaged("a loose object is no file");
    }
    return GIT_ENOTFOUND;
}

/// Fills a buffer unless the stream ends before. Returns 0, or an error for a damaged stream.
static int inflate_into(stream *from, void *buffer, size_t size) {
    z_stream *zlib = &from->zlib;
    unsigned char *next = buffer;
    while (size > 0 && !from->ended) {
        if (zlib->avail_in == 0) {
            ssize_t count;
            do {
                count = read(from->file, from->input, sizeof from->input);
            } while (count < 0 && errno == EINTR);
            if (count <= 0) return damaged("a loose object is cut short");
            zlib->next_in = from->input;
            zlib->avail_in = (uInt)count;
        }
        uInt room = size > PART ? PART : (uInt)size;
        zlib->next_out = next;
        zlib->avail_out = room;
        int status = inflate(zlib, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return damaged("a loose object is no zlib stream");
        from->ended = status == Z_STREAM_END;
        next += room - zlib->avail_out;
        size -= room - zlib->avail_out;
    }
    return size == 0 ? 0 : damaged("a loose object is shorter than its header says");
}

static int parse_kind(git_object_t *kind, const char *name, size_t length) {
    static const git_object_t kinds[] = {
        GIT_OBJECT_COMMIT, GIT_OBJECT_TREE, GIT_OBJECT_BLOB, GIT_OBJECT_TAG,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *known = git_object_type2string(kinds[i]);
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            *kind = kinds[i];
            return 0;
        }
    }
    return damaged("a loose object is of no kind that Git knows");
}

/// Reads `kind SP size NUL` byte by byte, so that what follows is the content.
static int read_header(stream *from, git_object_t *kind, size_t *size) {
    char header[LONGEST_HEADER];
    size_t length = 0, space = 0;
    do {
        if (length == sizeof header || inflate_into(from, &header[length], 1) < 0)
            return damaged("a loose object has no header");
        if (!space && header[length] == ' ') space = length;
    } while (header[length++]);
    const char *digits = &header[space + 1];
    if (!space || !*digits || (*digits == '0' && digits[1])) return damaged("a loose object has no size");
    *size = 0;
    for (; *digits; digits++) {
        if (*digits < '0' || *digits > '9') return damaged("a loose object has no size");
        if (__builtin_mul_overflow(*size, 10, size)
            || __builtin_add_overflow(*size, (size_t)(*digits - '0'), size))
            return damaged("a loose object has a size beyond all bounds");
    }
    return parse_kind(kind, header, space);
}

/// Nothing may follow the content, in the stream or behind it.
static int require_end(stream *from) {
    unsigned char more;
    while (!from->ended) {
        z_stream *zlib = &from->zlib;
        if (zlib->avail_in == 0) {
            ssize_t count = read(from->file, from->input, sizeof from->input);
            if (count <= 0) return damaged("a loose object is cut short");
            zlib->next_in = from->input;
            zlib->avail_in = (uInt)count;
        }
        zlib->next_out = &more;
        zlib->avail_out = 1;
        int status = inflate(zlib, Z_NO_FLUSH);
        if (zlib->avail_out == 0 || (status != Z_OK && status != Z_STREAM_END))
            return damaged("a loose object is longer than its header says");
        from->ended = status == Z_STREAM_END;
    }
    if (from->zlib.avail_in > 0 || read(from->file, &more, 1) > 0)
        return damaged("a loose object has something behind it");
    return 0;
}

static int read_content(
    loose_reader *reader, stream *from, void **content, size_t size) {
    if (size > reader->largest) return damaged("a loose object is too large to be read");
    unsigned char *bytes = git_odb_backend_data_alloc(&reader->base, size + 1);
    if (!bytes) return GIT_ERROR;
    bytes[size] = 0;
    int error = inflate_into(from, bytes, size);
    if (!error) error = require_end(from);
    if (error < 0) {
        git_odb_backend_data_free(&reader->base, bytes);
        return error;
    }
    *content = bytes;
    return 0;
}

static int read_object(
    void **content, size_t *size, git_object_t *kind, loose_reader *reader, const git_oid *id) {
    stream from;
    memset(&from.zlib, 0, sizeof from.zlib);
    from.ended = 0;
    int error = open_object(&from.file, reader, id);
    if (error < 0) return error;
    if (inflateInit(&from.zlib) != Z_OK) {
        close(from.file);
        return damaged("zlib cannot start");
    }
    error = read_header(&from, kind, size);
    if (!error && content) error = read_content(reader, &from, content, *size);
    inflateEnd(&from.zlib);
    close(from.file);
    return error;
}

static int backend_read(
    void **content, size_t *size, git_object_t *kind, git_odb_backend *backend,
    const git_oid *id) {
    return read_object(content, size, kind, (loose_reader *)backend, id);
}

static int backend_read_header(
    size_t *size, git_object_t *kind, git_odb_backend *backend, const git_oid *id) {
    return read_object(NULL, size, kind, (loose_reader *)backend, id);
}

static void backend_free(git_odb_backend *backend) {
    loose_reader *reader = (loose_reader *)backend;
    for (size_t i = 0; i < reader->count; i++) free(reader->folders[i]);
    free(reader->folders);
    free(reader);
}

int sheaf_read_loose(
    git_odb *objects, const char *const *folders, size_t count, size_t largest) {
    loose_reader *reader = calloc(1, sizeof *reader);
    if (reader) reader->folders = calloc(count ? count : 1, sizeof *reader->folders);
    if (!reader || !reader->folders) {
        free(reader);
        git_error_set_oom();
        return GIT_ERROR;
    }
    git_odb_init_backend(&reader->base, GIT_ODB_BACKEND_VERSION);
    reader->base.read = backend_read;
    reader->base.read_header = backend_read_header;
    reader->base.free = backend_free;
    reader->largest = largest;
    for (size_t i = 0; i < count; i++) {
        reader->folders[i] = strdup(folders[i]);
        if (reader->folders[i]) reader->count++;
    }
    int error = reader->count == count ? 0 : GIT_ERROR;
    if (error) git_error_set_oom();
    if (!error) error = git_odb_add_backend(objects, &reader->base, BEHIND_PACKS);
    if (error) backend_free(&reader->base);
    return error;
}
