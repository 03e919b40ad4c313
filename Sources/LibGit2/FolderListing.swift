#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The names in a folder, and whether each is a folder itself.
enum FolderListing {
    struct Entry {
        var name: String
        var isFolder: Bool
    }

    /// Without `.` and `..`, in no order; nothing when there is no such folder. Symbolic links to
    /// folders do not count as folders. A name that is not UTF-8 is left out: Git for one writes
    /// none such where this is used.
    static func entries(of path: String) throws(GitError) -> [Entry] {
        guard let stream = unsafe opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw GitError(code: .ioFailure, message: "a folder cannot be read: \(path)")
        }
        defer { unsafe closedir(stream) }
        return try unsafe entries(in: path) { unsafe readdir(stream) }
    }

    /// What `next` gives until it gives nothing, with `errno` as `readdir(3)` sets it.
    static func entries(
        in path: String, next: () -> UnsafeMutablePointer<dirent>?
    ) throws(GitError) -> [Entry] {
        var entries: [Entry] = []
        while true {
            // readdir(3): the end and an error look alike but for errno.
            errno = 0
            guard let entry = unsafe next() else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name, name != ".", name != ".." else { continue }
            entries.append(Entry(name: name, isFolder: isFolder(path + "/" + name)))
        }
        guard errno == 0 else {
            throw GitError(code: .ioFailure, message: "a folder cannot be read: \(path)")
        }
        return entries
    }

    /// Whether there is a folder at this path, through symbolic links.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether this is a folder, and not a symbolic link to one.
    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
