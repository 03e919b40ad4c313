#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Repository {
    /// Deletes what killed transfers left in the folder of packs.
    ///
    /// That is libgit2's and Git's temporary files, of which `git prune` removes none of libgit2's,
    /// and an index without its pack, which libgit2 writes first. The caller holds the writer lock:
    /// a transfer under way would lose its files.
    package func removeAbandonedTransfers() throws(GitError) {
        let folder = commonPath + "objects/pack"
        let files = try FolderListing.entries(of: folder).filter { !$0.isFolder }.map(\.name)
        let known = Set(files)
        for name in files where Self.isAbandoned(name, among: known) {
            guard unsafe unlink(folder + "/" + name) == 0 || errno == ENOENT else {
                throw GitError(code: .ioFailure, message: "cannot be deleted: \(name)")
            }
        }
    }

    private static func isAbandoned(_ name: String, among files: Set<String>) -> Bool {
        if name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_") { return true }
        guard name.hasPrefix("pack-") else { return false }
        return name.hasSuffix(".lock")
            || name.hasSuffix(".idx") && !files.contains(name.dropLast(4) + ".pack")
    }
}
