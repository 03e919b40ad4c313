#include "loading.h"

#include <dlfcn.h>
#include <stddef.h>

// libcurl and the twenty libraries that it needs are loaded with the first request, not with the
// program: they are four of the eleven milliseconds in which `sheaf` starts, and most of its runs,
// above all those as a hook of Git, ask no server anything.

#ifdef __APPLE__
static const char *const library_name = "/usr/lib/libcurl.4.dylib";
#else
static const char *const library_name = "libcurl.so.4";
#endif

sheaf_curl_functions sheaf_curl;

int sheaf_curl_load(void) {
    void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return -1;
    sheaf_curl_functions found;
#define SHEAF_CURL_FIND(name) \
    if (!(found.name = (__typeof__(curl_##name) *)dlsym(library, "curl_" #name))) goto lacking;
    SHEAF_CURL_FUNCTIONS(SHEAF_CURL_FIND)
#undef SHEAF_CURL_FIND
    sheaf_curl = found;
    return 0;
lacking:
    dlclose(library);
    return -1;
}
