#include "fetching.h"

#include "allocating.h"

static int make_transport(git_transport **out, git_remote *owner, void *payload) {
    sheaf_fetch *fetch = payload;
    return sheaf_smart_transport(out, owner, fetch->carrier);
}

static int report_progress(const git_indexer_progress *stats, void *payload) {
    sheaf_fetch *fetch = payload;
    (void)stats;
    return fetch->progress(fetch->carrier->context);
}

static void fill(git_remote_callbacks *callbacks, sheaf_fetch *fetch) {
    callbacks->transport = make_transport;
    callbacks->transfer_progress = report_progress;
    callbacks->payload = fetch;
}

int sheaf_remote_create(git_remote **out, git_repository *repository, const char *url) {
    git_remote_create_options options = GIT_REMOTE_CREATE_OPTIONS_INIT;
    options.repository = repository;
    options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF;
    return git_remote_create_with_opts(out, url, &options);
}

int sheaf_remote_connect(git_remote *remote, sheaf_fetch *fetch) {
    git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
    fill(&callbacks, fetch);
    sheaf_budget_begin(fetch->memory, fetch->progress, fetch->carrier->context);
    int error = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, NULL, NULL);
    sheaf_budget_end();
    return error;
}

int sheaf_remote_download(
    git_remote *remote, sheaf_fetch *fetch, const char *const *refspecs, size_t count) {
    git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
    git_strarray wanted = {(char **)refspecs, count};
    fill(&options.callbacks, fetch);
    options.prune = GIT_FETCH_NO_PRUNE;
    options.update_fetchhead = 0;
    options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
    sheaf_budget_begin(fetch->memory, fetch->progress, fetch->carrier->context);
    int error = git_remote_download(remote, &wanted, &options);
    sheaf_budget_end();
    return error;
}
