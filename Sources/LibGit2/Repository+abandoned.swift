#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Repository {
    /// Deletes libgit2's own unfinished packs, which `git prune` never does, that were last written
    /// to longer ago than this.
    ///
    /// For a repository that others write to: Git's own temporary files may be a push under way.
    /// A time to come is not long ago.
    package func removeAbandonedPacks(olderThan seconds: Double) throws(GitError) {
        let folder = commonPath + "objects/pack"
        for entry in try FolderListing.entries(of: folder)
        where !entry.isFolder && entry.name.hasPrefix("pack_git2_") {
            let file = folder + "/" + entry.name
            if let age = Self.age(of: file), age > seconds { try Self.delete(file) }
        }
    }

    /// Deletes what killed transfers left in the folder of packs.
    ///
    /// For a repository that nobody but the caller writes to. That is libgit2's and Git's temporary files, of which `git prune` removes none of libgit2's,
    /// and an index without its pack, which libgit2 writes first. A transfer
    /// under way would lose its files.
    package func removeAbandonedTransfers() throws(GitError) {
        let folder = commonPath + "objects/pack"
        for file in try Self.abandonedTransfers(at: commonPath) {
            try Self.delete(folder + "/" + file.name)
        }
    }

    /// What killed transfers left in the folder of packs of the repository at a path, by name, with
    /// the bytes of each.
    package static func abandonedTransfers(
        at path: String
    ) throws(GitError) -> [(name: String, bytes: Int)] {
        let folder = path + "/objects/pack"
        let files = try FolderListing.entries(of: folder).filter { !$0.isFolder }.map(\.name)
        let known = Set(files)
        return files.filter { isAbandoned($0, among: known) }.sorted()
            .map { ($0, fileSize(folder + "/" + $0) ?? 0) }
    }

    private static func delete(_ file: String) throws(GitError) {
        guard unsafe unlink(file) == 0 || errno == ENOENT else {
            throw GitError(code: .ioFailure, message: "cannot be deleted: \(file)")
        }
    }

    /// Seconds since the last change, negative for a time to come; nil when there is no such file.
    private static func age(of file: String) -> Double? {
        var status = stat()
        guard unsafe lstat(file, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let changed = status.st_mtimespec.tv_sec
        #else
            let changed = status.st_mtim.tv_sec
        #endif
        return Double(time(nil) - changed)
    }

    private static func isAbandoned(_ name: String, among files: Set<String>) -> Bool {
        if name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_") { return true }
        guard name.hasPrefix("pack-") else { return false }
        return name.hasSuffix(".lock")
            || name.hasSuffix(".idx") && !files.contains(name.dropLast(4) + ".pack")
    }
}
