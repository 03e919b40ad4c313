#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension PrivateFolder {
    /// Takes away folders with names as ``init(beginning:)`` gives them that hold nothing but a
    /// socket, or nothing at all.
    ///
    /// A folder of another user, one that others can enter, one that something else is in and one
    /// that cannot be read stays as it is.
    ///
    /// - Parameters:
    ///   - beginning: the path without the letters that make a name its own.
    ///   - name: what the socket is called.
    ///   - age: how many seconds ago a folder was last changed, at least.
    package static func removeLeftovers(
        beginning: String, socket name: String, olderThan age: Int
    ) {
        guard let slash = beginning.lastIndex(of: "/") else { return }
        let parent = String(beginning[...slash])
        let start = beginning[beginning.index(after: slash)...]
        for entry in (try? FolderListing.entries(of: parent)) ?? [] where entry.isFolder {
            let path = parent + entry.name
            guard entry.name.hasPrefix(start),
                entry.name.utf8.count == start.utf8.count + suffixLength,
                isOurs(path, olderThan: age),
                let inside = try? FolderListing.entries(of: path).map(\.name),
                inside.isEmpty || inside == [name]
            else { continue }
            removeSocket(at: "\(path)/\(name)")
            unsafe rmdir(path)
        }
    }

    private static func isOurs(_ path: String, olderThan age: Int) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_uid == geteuid(),
            status.st_mode & 0o7777 == 0o700
        else { return false }
        #if canImport(Darwin)
            let changed = status.st_mtimespec.tv_sec
        #else
            let changed = status.st_mtim.tv_sec
        #endif
        return time(nil) - changed >= age
    }
}
