// libgit2's public header and the `sys` headers that an own smart subtransport and a fresh database
// of references need.
#include <git2.h>
#include <git2/sys/repository.h>
#include <git2/sys/transport.h>
