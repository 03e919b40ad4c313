internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Whether `ancestor` is reached from commit `id` along parents; a commit descends from itself.
    ///
    /// Throws `.notFound` when either is not a commit of this repository.
    package func isDescendant(
        _ id: ObjectID, of ancestor: ObjectID
    ) throws(GitError) -> Bool {
        for commit in id == ancestor ? [id] : [id, ancestor]
        where try objectHeader(commit).kind != .commit {
            throw GitError(code: .notFound, message: "\(commit) is not a commit")
        }
        if id == ancestor { return true }
        var later = id.oid
        var earlier = ancestor.oid
        return try ReadWatch.run { () throws(GitError) in
            try check(unsafe git_graph_descendant_of(handle, &later, &earlier)) == 1
        }
    }
}
