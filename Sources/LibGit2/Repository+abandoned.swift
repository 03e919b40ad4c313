internal import CLibgit2Shims
internal import Clibgit2

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
        guard
            let common = unsafe git_repository_commondir(handle).map({ unsafe String(cString: $0) })
        else { return }
        let folder = common + "objects/pack/"
        for name in try Self.names(in: folder) where Self.isAbandoned(name) {
            guard unsafe unlink(folder + name) == 0 || errno == ENOENT else {
                throw GitError(code: .ioFailure, message: "\(name) cannot be deleted")
            }
        }
    }

    private static func isAbandoned(_ name: String) -> Bool {
        name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_")
            || name.hasPrefix("pack-") && name.hasSuffix(".lock")
    }

    private static func names(in folder: String) throws(GitError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            if errno == ENOENT { return [] }
            throw GitError(code: .ioFailure, message: "the folder of packs cannot be read")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names
    }
}
