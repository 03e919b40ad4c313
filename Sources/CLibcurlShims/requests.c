#include "CLibcurlShims.h"
#include "loading.h"

#include <fcntl.h>

int sheaf_http_start(void) {
    if (sheaf_curl_load() != 0) return (int)CURLE_FAILED_INIT;
    return (int)sheaf_curl.global_init(CURL_GLOBAL_DEFAULT);
}

static size_t take_head(char *bytes, size_t size, size_t count, void *context) {
    sheaf_http_sink *sink = context;
    return sink->head(sink->context, bytes, size * count) == 0 ? size * count : 0;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    sheaf_http_sink *sink = context;
    return sink->body(sink->context, bytes, size * count) == 0 ? size * count : 0;
}

// No program that this process starts may have the connection.
static int keep_private(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context;
    (void)purpose;
    return fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

#define SET(option, value) \
    if (!code) code = sheaf_curl.easy_setopt(handle, option, value)

static CURLcode allow_only_http(CURL *handle) {
    CURLcode code = CURLE_OK;
#if LIBCURL_VERSION_NUM >= 0x075500
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
    SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    SET(CURLOPT_REDIR_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
    return code;
}

static CURLcode set_connection(CURL *handle, long connect_milliseconds) {
    CURLcode code = allow_only_http(handle);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TCP_NODELAY, 1L);
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
    SET(CURLOPT_SOCKOPTFUNCTION, keep_private);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
#if LIBCURL_VERSION_NUM >= 0x075700
    // Otherwise giving up waits for a name server that does not answer.
    SET(CURLOPT_QUICK_EXIT, 1L);
#endif
    return code;
}

static CURLcode set_tls(CURL *handle, const sheaf_http_settings *settings) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    if (settings->authorities) {
        SET(CURLOPT_CAINFO, settings->authorities);
        SET(CURLOPT_CAPATH, NULL);
    }
    if (settings->certificate) SET(CURLOPT_SSLCERT, settings->certificate);
    if (settings->key) SET(CURLOPT_SSLKEY, settings->key);
    // A key with a password would be asked for on the terminal.
    SET(CURLOPT_KEYPASSWD, "");
    return code;
}

static CURLcode set_credential(CURL *handle, const sheaf_http_settings *settings) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_UNRESTRICTED_AUTH, 0L);
    if (settings->bearer) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        SET(CURLOPT_XOAUTH2_BEARER, settings->bearer);
    } else if (settings->password) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERNAME, settings->user ? settings->user : "");
        SET(CURLOPT_PASSWORD, settings->password);
    }
    return code;
}

static CURLcode set_sink(CURL *handle, sheaf_http_sink *sink) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_HEADERFUNCTION, take_head);
    SET(CURLOPT_HEADERDATA, sink);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, sink);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    SET(CURLOPT_BUFFERSIZE, 128L << 10);
    return code;
}

CURLM *sheaf_http_connections_new(long connections) {
    CURLM *handle = sheaf_curl.multi_init();
    if (!handle) return NULL;
    sheaf_curl.multi_setopt(handle, CURLMOPT_MAXCONNECTS, connections);
    return handle;
}

void sheaf_http_connections_free(CURLM *connections) { sheaf_curl.multi_cleanup(connections); }

int sheaf_http_add(CURLM *connections, CURL *request) {
    return sheaf_curl.multi_add_handle(connections, request) == CURLM_OK ? 0 : -1;
}

void sheaf_http_remove(CURLM *connections, CURL *request) {
    sheaf_curl.multi_remove_handle(connections, request);
}

void sheaf_http_free(CURL *request) { sheaf_curl.easy_cleanup(request); }

struct curl_slist *sheaf_http_header(struct curl_slist *headers, const char *line) {
    return sheaf_curl.slist_append(headers, line);
}

void sheaf_http_headers_free(struct curl_slist *headers) { sheaf_curl.slist_free_all(headers); }

CURL *sheaf_http_request_new(const sheaf_http_settings *settings, sheaf_http_sink *sink) {
    CURL *handle = sheaf_curl.easy_init();
    if (!handle) return NULL;
    CURLcode code = set_connection(handle, settings->connect_milliseconds);
    if (!code) code = set_tls(handle, settings);
    if (!code) code = set_credential(handle, settings);
    if (!code) code = set_sink(handle, sink);
    if (settings->proxy) SET(CURLOPT_PROXY, settings->proxy);
    if (settings->socket) SET(CURLOPT_UNIX_SOCKET_PATH, settings->socket);
    if (!code) return handle;
    sheaf_curl.easy_cleanup(handle);
    return NULL;
}

CURLcode sheaf_http_request(
    CURL *handle, const char *url, struct curl_slist *headers, int is_post, const void *bytes,
    size_t count) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_URL, url);
    SET(CURLOPT_HTTPHEADER, headers);
    if (is_post) {
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
        SET(CURLOPT_COPYPOSTFIELDS, count ? bytes : "");
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
    return code;
}

CURL *sheaf_http_dial_new(const char *url, long connect_milliseconds) {
    CURL *handle = sheaf_curl.easy_init();
    if (!handle) return NULL;
    CURLcode code = set_connection(handle, connect_milliseconds);
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_CONNECT_ONLY, 1L);
    if (!code) return handle;
    sheaf_curl.easy_cleanup(handle);
    return NULL;
}

sheaf_http_facts sheaf_http_look(CURL *handle) {
    sheaf_http_facts facts = {0, 0, NULL};
    char *redirect = NULL;
    sheaf_curl.easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &facts.status);
    sheaf_curl.easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &facts.chain_problem);
    sheaf_curl.easy_getinfo(handle, CURLINFO_REDIRECT_URL, &redirect);
    facts.redirect = redirect;
    return facts;
}

int sheaf_http_socket(CURL *handle) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    CURLcode code = sheaf_curl.easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket);
    return code == CURLE_OK && socket != CURL_SOCKET_BAD ? (int)socket : -1;
}

int sheaf_http_perform(CURLM *connections, CURL *handle, CURLcode *result) {
    int running = 0;
    if (sheaf_curl.multi_perform(connections, &running) != CURLM_OK) return -1;
    int left = 0;
    CURLMsg *message;
    while ((message = sheaf_curl.multi_info_read(connections, &left))) {
        if (message->msg != CURLMSG_DONE || message->easy_handle != handle) continue;
        *result = message->data.result;
        return 1;
    }
    return 0;
}

int sheaf_http_wait(CURLM *connections, int milliseconds) {
    return sheaf_curl.multi_poll(connections, NULL, 0, milliseconds, NULL) == CURLM_OK ? 0 : -1;
}
