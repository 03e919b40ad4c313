#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Whole files, read and written in one step.
package enum FileContents {
    /// Reads a file; nil when it has more bytes than allowed.
    package static func read(path: String, maximumBytes: Int) throws(FileSystemError) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { throw FileSystemError("cannot open the file") }
        defer { close(file) }
        return try read(descriptor: file, maximumBytes: maximumBytes)
    }

    /// Whether something of this name is there.
    package static func exists(path: String) throws(FileSystemError) -> Bool {
        if unsafe access(path, F_OK) == 0 { return true }
        let error = FileSystemError("cannot look for a file")
        if error.isMissing { return false }
        throw error
    }

    /// The size of a file in bytes and when it was last written to, in seconds since 1970.
    package static func sizeAndTime(
        path: String
    ) throws(FileSystemError) -> (size: Int, time: Int) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw FileSystemError("cannot examine a file")
        }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return (Int(status.st_size), Int(time.tv_sec))
    }

    /// A file with what its mode and owner say.
    package struct Owned: Sendable {
        /// The whole contents.
        package let bytes: [UInt8]
        /// The permission bits.
        package let mode: UInt16
        /// Whether it belongs to the user of this process or to root.
        package let isTrustedOwner: Bool
    }

    /// Reads a file and who may write to it from one descriptor; nil when it has more bytes than
    /// allowed.
    package static func readOwned(
        path: String, maximumBytes: Int
    ) throws(FileSystemError) -> Owned? {
        // A pipe of that name would otherwise hold the opener until somebody writes to it.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 { throw FileSystemError("cannot open the file") }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw FileSystemError("cannot examine a file")
        }
        guard let bytes = try read(descriptor: file, maximumBytes: maximumBytes) else {
            return nil
        }
        return Owned(
            bytes: bytes, mode: UInt16(status.st_mode & 0o7777),
            isTrustedOwner: status.st_uid == geteuid() || status.st_uid == 0)
    }

    static func read(descriptor: Int32, maximumBytes: Int) throws(FileSystemError) -> [UInt8]? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw FileSystemError("cannot examine a file")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError("not a regular file", number: EINVAL)
        }
        if status.st_size > maximumBytes { return nil }
        var failure: FileSystemError?
        // One byte more than the size, so that a file that grew meanwhile is noticed.
        var capacity = Int(status.st_size) + 1
        var contents: [UInt8] = []
        repeat {
            let rest = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                count = 0
                while count < capacity {
                    let got = unsafe systemRead(
                        descriptor, buffer.baseAddress! + count, capacity - count)
                    if got < 0 {
                        if errno == EINTR { continue }
                        failure = FileSystemError("cannot read a file")
                        return
                    }
                    if got == 0 { return }
                    count += got
                }
            }
            contents = contents.isEmpty ? rest : contents + rest
            if let failure { throw failure }
            if contents.count > maximumBytes { return nil }
            if rest.count < capacity { return contents }
            capacity = max(64 << 10, contents.count)
        } while true
    }

    /// Writes a file that is not there yet, whole or not at all; false when something of that name
    /// is there, which is left alone.
    package static func createDurably(
        _ bytes: [UInt8], at path: String, mode: UInt16 = 0o644
    ) throws(FileSystemError) -> Bool {
        let temporary = try writeTemporary(bytes, beside: path, mode: mode)
        // link(2), unlike rename(2), never replaces anything.
        let number = unsafe link(temporary, path) == 0 ? 0 : errno
        unsafe unlink(temporary)
        if number == EEXIST { return false }
        if number != 0 { throw FileSystemError("cannot create a file", number: number) }
        try synchronizeParent(of: path)
        return true
    }

    /// Writes a file whole or not at all, in the place of whatever file or symbolic link is there.
    package static func replaceDurably(
        _ bytes: [UInt8], at path: String, mode: UInt16 = 0o644
    ) throws(FileSystemError) {
        let temporary = try writeTemporary(bytes, beside: path, mode: mode)
        guard unsafe rename(temporary, path) == 0 else {
            let error = FileSystemError("cannot replace a file")
            unsafe unlink(temporary)
            throw error
        }
        try synchronizeParent(of: path)
    }

    /// Writes a file whole or not at all, as ``replaceDurably(_:at:mode:)`` does, without waiting for
    /// the disk: after a loss of power it may be gone or damaged.
    package static func replace(
        _ bytes: [UInt8], at path: String, mode: UInt16 = 0o644
    ) throws(FileSystemError) {
        let temporary = try writeTemporary(bytes, beside: path, mode: mode, isDurable: false)
        guard unsafe rename(temporary, path) == 0 else {
            let error = FileSystemError("cannot replace a file")
            unsafe unlink(temporary)
            throw error
        }
    }

    /// Adds bytes at the end of a file that is there, in one step beside others that do the same.
    package static func append(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
        let file = unsafe open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        if file < 0 { throw FileSystemError("cannot open the file") }
        defer { close(file) }
        if let failure = write(bytes, to: file) { throw failure }
    }

    private static func writeTemporary(
        _ bytes: [UInt8], beside path: String, mode: UInt16, isDurable: Bool = true
    ) throws(FileSystemError) -> String {
        let temporary = "\(path).new-\(getpid())"
        let file = unsafe open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
        if file < 0 { throw FileSystemError("cannot create a file") }
        var failure = write(bytes, to: file)
        if failure == nil, isDurable, fsync(file) != 0 {
            failure = FileSystemError("cannot write a file")
        }
        close(file)
        if let failure {
            unsafe unlink(temporary)
            throw failure
        }
        return temporary
    }

    /// Makes a name in a directory last. Some file systems synchronise no directories, and say so.
    static func synchronizeParent(
        of path: String, by synchronize: (Int32) -> Int32 = { fsync($0) }
    ) throws(FileSystemError) {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let directory = unsafe open(parent.isEmpty ? "/" : parent, O_RDONLY | O_CLOEXEC)
        // Where names may be made and not listed, there is nothing to synchronise by.
        if directory < 0, errno == EACCES { return }
        if directory < 0 { throw FileSystemError("cannot open a directory") }
        defer { close(directory) }
        if synchronize(directory) != 0, errno != EINVAL {
            throw FileSystemError("cannot synchronise a directory")
        }
    }

    static func write(_ bytes: [UInt8], to file: Int32) -> FileSystemError? {
        unsafe bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = unsafe systemWrite(
                    file, buffer.baseAddress! + written, buffer.count - written)
                if count < 0 {
                    if errno == EINTR { continue }
                    return FileSystemError("cannot write a file")
                }
                written += count
            }
            return nil
        }
    }
}

@unsafe
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    unsafe read(file, buffer, count)
}

@unsafe
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    unsafe write(file, buffer, count)
}
