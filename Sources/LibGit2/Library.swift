internal import CLibgit2Shims
internal import Clibgit2

/// libgit2 as this process uses it: initialised once, never shut down.
///
/// Starting it also ignores SIGPIPE in the whole process, because a subtransport writes a last flush
/// after its peer has gone, and makes libgit2 forget every configuration file but a repository's own.
enum Library {
    /// What libgit2 may hold of packs and of objects.
    ///
    /// Mapped windows count as resident memory: with libgit2's own defaults (windows of 1 GiB, 8 GiB
    /// in all) a process grows by the size of the pack that it indexes. Its limit to open packs stays
    /// off: 1.5.1 closes the file of one pack while another thread may be freeing that pack. Whoever
    /// has many repositories closes them instead.
    private static let limits = sheaf_git_limits(
        window_size: 1 << 20, mapped_limit: 32 << 20,
        cache_size: 8 << 20, cached_object_limit: 256 << 10,
        largest_allocation: Repository.largestObject)

    private static let started: Result<Void, GitError> = {
        let code = sheaf_git_start(limits)
        return code < 0 ? .failure(GitError(code: code)) : .success(())
    }()

    /// Starts libgit2 unless that was done.
    static func start() throws(GitError) {
        try started.get()
    }
}
