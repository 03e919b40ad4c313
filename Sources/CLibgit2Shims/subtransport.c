#include "subtransport.h"

#include <stdlib.h>

// libgit2 knows a subtransport by its first member and frees it and its stream separately.
typedef struct {
    git_smart_subtransport base;
    sheaf_carrier *carrier;
    git_smart_subtransport_stream *stream;
} subtransport;

typedef struct {
    git_smart_subtransport_stream base;
    sheaf_carrier *carrier;
} connection;

static int connection_read(
    git_smart_subtransport_stream *stream, char *buffer, size_t capacity, size_t *count) {
    sheaf_carrier *carrier = ((connection *)stream)->carrier;
    *count = 0;
    return carrier->read(carrier->context, buffer, capacity, count);
}

static int connection_write(
    git_smart_subtransport_stream *stream, const char *bytes, size_t count) {
    sheaf_carrier *carrier = ((connection *)stream)->carrier;
    return carrier->write(carrier->context, bytes, count);
}

static void connection_free(git_smart_subtransport_stream *stream) {
    sheaf_carrier *carrier = ((connection *)stream)->carrier;
    subtransport *owner = (subtransport *)stream->subtransport;
    if (owner->stream == stream) owner->stream = NULL;
    carrier->close(carrier->context);
    free(stream);
}

static int subtransport_action(
    git_smart_subtransport_stream **out, git_smart_subtransport *transport, const char *url,
    git_smart_service_t service) {
    subtransport *self = (subtransport *)transport;
    (void)url;

    // With one connection throughout, listing goes on to the transfer on the same stream.
    if (!self->carrier->stateless && self->stream) {
        *out = self->stream;
        return 0;
    }

    connection *created = calloc(1, sizeof *created);
    if (!created) {
        git_error_set_oom();
        return GIT_ERROR;
    }
    int error = self->carrier->open(self->carrier->context, (int)service);
    if (error < 0) {
        free(created);
        return error;
    }
    created->base.subtransport = transport;
    created->base.read = connection_read;
    created->base.write = connection_write;
    created->base.free = connection_free;
    created->carrier = self->carrier;
    self->stream = &created->base;
    *out = &created->base;
    return 0;
}

static int subtransport_close(git_smart_subtransport *transport) {
    (void)transport;
    return 0;
}

static void subtransport_free(git_smart_subtransport *transport) {
    free(transport);
}

static int subtransport_new(
    git_smart_subtransport **out, git_transport *owner, void *parameter) {
    subtransport *self = calloc(1, sizeof *self);
    (void)owner;
    if (!self) {
        git_error_set_oom();
        return GIT_ERROR;
    }
    self->base.action = subtransport_action;
    self->base.close = subtransport_close;
    self->base.free = subtransport_free;
    self->carrier = parameter;
    *out = &self->base;
    return 0;
}

int sheaf_smart_transport(git_transport **out, git_remote *owner, sheaf_carrier *carrier) {
    // libgit2 copies the members of the definition before it returns.
    git_smart_subtransport_definition definition = {subtransport_new, carrier->stateless, carrier};
    return git_transport_smart(out, owner, &definition);
}
