// libgit2's public header and the `sys` header that an own smart subtransport needs.
#include <git2.h>
#include <git2/sys/transport.h>
