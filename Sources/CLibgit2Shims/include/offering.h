#ifndef SHEAF_OFFERING_H
#define SHEAF_OFFERING_H

#include <git2.h>
#include <stddef.h>

/// A repository over these objects whose references are these commits and nothing else. libgit2's
/// negotiation offers a peer what every reference of a repository reaches, newest first, and gives up
/// after 256: with hundreds of references that is another question for every host, and may miss the
/// answer.
int sheaf_repository_offering(
    git_repository **out, git_odb *objects, const git_oid *tips, size_t count);

#endif
