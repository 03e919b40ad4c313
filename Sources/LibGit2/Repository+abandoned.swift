#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Repository {
    /// Deletes what killed transfers left in the folder of packs: libgit2's and Git's temporary
    /// files, and the lock of an index that was being written, which would keep the same pack out
    /// for ever. `git prune` removes none of libgit2's.
    ///
    /// The caller holds the writer lock: a transfer under way would lose its file.
    package func removeAbandonedTransfers() throws(GitError) {
        let folder = commonPath + "objects/pack"
        for entry in try FolderListing.entries(of: folder)
        where !entry.isFolder && Self.isAbandoned(entry.name) {
            guard unsafe unlink(folder + "/" + entry.name) == 0 || errno == ENOENT else {
                throw GitError(code: .ioFailure, message: "cannot be deleted: \(entry.name)")
            }
        }
    }

    private static func isAbandoned(_ name: String) -> Bool {
        name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_")
            || name.hasPrefix("pack-") && name.hasSuffix(".lock")
    }
}
