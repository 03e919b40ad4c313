// libcurl's public header. Its functions of variable arguments are called in CLibcurlShims.
#include <curl/curl.h>
