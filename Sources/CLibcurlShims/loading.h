#ifndef CLIBCURL_SHIMS_LOADING_H
#define CLIBCURL_SHIMS_LOADING_H

#include <curl/curl.h>

// The functions of libcurl that are called, each by its name without `curl_`.
#define SHEAF_CURL_FUNCTIONS(each) \
    each(global_init) \
    each(easy_init) \
    each(easy_setopt) \
    each(easy_getinfo) \
    each(easy_cleanup) \
    each(multi_init) \
    each(multi_setopt) \
    each(multi_add_handle) \
    each(multi_remove_handle) \
    each(multi_perform) \
    each(multi_info_read) \
    each(multi_poll) \
    each(multi_cleanup) \
    each(slist_append) \
    each(slist_free_all)

// Some of the names are macros of libcurl's header too.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

typedef struct sheaf_curl_functions {
#define SHEAF_CURL_FIELD(name) __typeof__(curl_##name) *name;
    SHEAF_CURL_FUNCTIONS(SHEAF_CURL_FIELD)
#undef SHEAF_CURL_FIELD
} sheaf_curl_functions;

/// libcurl's functions; all are NULL until `sheaf_curl_load` has returned 0.
extern sheaf_curl_functions sheaf_curl;

/// Loads libcurl. Returns 0, or -1 when it is not installed or lacks a function.
int sheaf_curl_load(void);

#endif
