internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Makes HEAD name a branch, which may be unborn.
    ///
    /// `name` is a full reference name (`refs/heads/…`) or the part behind `refs/heads/`.
    package func setHead(toBranch name: String) throws(GitError) {
        let prefix = "refs/heads/"
        let target = name.hasPrefix(prefix) ? name : prefix + name
        var head: OpaquePointer?
        defer { unsafe git_reference_free(head) }
        try check(unsafe git_reference_symbolic_create(&head, handle, "HEAD", target, 1, nil))
    }

    /// The full name of the reference that HEAD names; nil when it is detached.
    package func headTarget() throws(GitError) -> String? {
        try requirePlace()
        var head: OpaquePointer?
        try check(unsafe git_reference_lookup(&head, handle, "HEAD"))
        defer { unsafe git_reference_free(head) }
        return unsafe git_reference_symbolic_target(head).map { unsafe String(cString: $0) }
    }
}
