#ifndef CLIBCURL_SHIMS_H
#define CLIBCURL_SHIMS_H

// For its types alone. Its functions are behind those below, which load the library when it is
// first needed: a program that named one of them would be linked to it.
#include <curl/curl.h>
#include <stddef.h>

/// How the requests of one transfer are made. A string that is NULL is not set.
typedef struct sheaf_http_settings {
    /// "" for no proxy, NULL for what the environment says.
    const char *proxy;
    /// The file of the authorities that are trusted in place of the system's.
    const char *authorities;
    const char *certificate;
    const char *key;
    /// The name and password of HTTP's Basic scheme.
    const char *user;
    const char *password;
    /// The token of the Bearer scheme.
    const char *bearer;
    /// The path of a Unix socket, to which everything goes in place of the address.
    const char *socket;
    long connect_milliseconds;
} sheaf_http_settings;

/// Where what comes goes. Each function returns 0, or another value to end the transfer.
typedef struct sheaf_http_sink {
    void *context;
    /// One line of a head, the line that ends it included; also those of provisional answers.
    int (*head)(void *context, const char *bytes, size_t count);
    int (*body)(void *context, const char *bytes, size_t count);
} sheaf_http_sink;

/// What is known of an answer so far.
typedef struct sheaf_http_facts {
    long status;
    /// Why the chain of certificates was refused, 0 when it was not.
    long chain_problem;
    /// The address that an answer redirects to, whole; NULL when it does not. Lives as long as the
    /// handle.
    const char *redirect;
} sheaf_http_facts;

/// Loads libcurl and initialises it for this process, before all the others; one call that returns 0
/// is enough. Otherwise returns a CURLcode.
int sheaf_http_start(void);

/// A set of connections that are used again; at most `connections` stay open. NULL without memory.
CURLM *sheaf_http_connections_new(long connections);
void sheaf_http_connections_free(CURLM *connections);

/// A handle for one request after the other. NULL without memory. `sink` must outlive it.
CURL *sheaf_http_request_new(const sheaf_http_settings *settings, sheaf_http_sink *sink);
void sheaf_http_free(CURL *request);

/// The headers with one more line; NULL without memory. `headers` may be NULL.
struct curl_slist *sheaf_http_header(struct curl_slist *headers, const char *line);
void sheaf_http_headers_free(struct curl_slist *headers);

/// The next request: a GET, or a POST of bytes, which are copied. The headers must live until the
/// request is over.
CURLcode sheaf_http_request(
    CURL *request, const char *url, struct curl_slist *headers, int is_post, const void *bytes,
    size_t count);

/// A handle that does no more than to connect to the host and port of an `http` URL.
CURL *sheaf_http_dial_new(const char *url, long connect_milliseconds);

/// Gives a handle to a set of connections, and takes it back. `sheaf_http_add` returns 0, or
/// another value when libcurl refuses.
int sheaf_http_add(CURLM *connections, CURL *request);
void sheaf_http_remove(CURLM *connections, CURL *request);

sheaf_http_facts sheaf_http_look(CURL *request);

/// The socket of a handle that is connected, or -1. It belongs to the handle.
int sheaf_http_socket(CURL *request);

/// Does what can be done without waiting. Returns 1 when the transfer is over, with its result; 0
/// when it goes on; negative when libcurl fails.
int sheaf_http_perform(CURLM *connections, CURL *request, CURLcode *result);

/// Waits until something can be done, or the time is over.
int sheaf_http_wait(CURLM *connections, int milliseconds);

#endif
