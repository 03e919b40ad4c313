#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An open directory. Everything below it is reached relative to its descriptor and no symbolic
/// link is followed, so that a directory that changes meanwhile cannot lead outside.
package struct DirectoryHandle: ~Copyable {
    /// One entry of a directory.
    package struct Entry: Sendable, Hashable {
        /// What an entry is.
        package enum Kind: Sendable, Hashable {
            /// A regular file, with its size in bytes.
            case file(size: Int, isExecutable: Bool)
            /// A directory.
            case directory
            /// A symbolic link.
            case symbolicLink
            /// A socket, pipe or device.
            case other
        }

        /// The name as the file system has it.
        package let name: [UInt8]
        /// What it is.
        package let kind: Kind
    }

    private let descriptor: Int32

    /// Opens a directory; the last component of the path may be a symbolic link to one.
    package init(path: String) throws(FileSystemError) {
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw FileSystemError("cannot open the directory") }
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a directory inside this one.
    package func directory(named name: [UInt8]) throws(FileSystemError) -> DirectoryHandle {
        let child = unsafe openat(
            descriptor, name.map(CChar.init(bitPattern:)) + [0],
            O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if child < 0 { throw FileSystemError("cannot open the directory") }
        return DirectoryHandle(descriptor: child)
    }

    /// The entries, without `.` and `..`, sorted by name.
    package func entries() throws(FileSystemError) -> [Entry] {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else {
            throw FileSystemError("cannot read the directory")
        }
        defer { unsafe closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let record = unsafe readdir(stream) else {
                if errno != 0 { throw FileSystemError("cannot read the directory") }
                break
            }
            let name = unsafe withUnsafePointer(to: &record.pointee.d_name) { field in
                unsafe UnsafeRawPointer(field).withMemoryRebound(to: UInt8.self, capacity: 256) {
                    unsafe Array(
                        UnsafeBufferPointer(
                            start: $0,
                            count: strlen(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)))
                    )
                }
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            entries.append(Entry(name: name, kind: try kind(of: name)))
        }
        return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    private func kind(of name: [UInt8]) throws(FileSystemError) -> Entry.Kind {
        var status = stat()
        let path = name.map(CChar.init(bitPattern:)) + [0]
        guard unsafe fstatat(descriptor, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw FileSystemError("cannot examine a file")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return .file(size: Int(status.st_size), isExecutable: status.st_mode & 0o111 != 0)
        case S_IFDIR: return .directory
        case S_IFLNK: return .symbolicLink
        default: return .other
        }
    }

    /// The whole contents of a file in this directory; nil when it has more bytes than allowed.
    package func contents(
        ofFile name: [UInt8], maximumBytes: Int
    ) throws(FileSystemError) -> [UInt8]? {
        let file = unsafe openat(
            descriptor, name.map(CChar.init(bitPattern:)) + [0],
            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0 { throw FileSystemError("cannot open a file") }
        defer { close(file) }
        return try FileContents.read(descriptor: file, maximumBytes: maximumBytes)
    }
}
