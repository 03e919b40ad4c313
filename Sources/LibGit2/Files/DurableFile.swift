#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file that is written in parts and appears under its name whole or not at all.
package struct DurableFile: ~Copyable {
    private let descriptor: Int32
    private let temporary: String
    private let path: String
    private var isPublished = false
    /// The bytes written.
    package private(set) var count = 0

    /// Begins the file beside its place.
    package init(at path: String, mode: UInt16 = 0o644) throws(FileSystemError) {
        let temporary = "\(path).new-\(getpid())"
        let descriptor = unsafe open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
        if descriptor < 0 { throw FileSystemError("cannot create the file") }
        self.descriptor = descriptor
        self.temporary = temporary
        self.path = path
    }

    deinit {
        close(descriptor)
        if !isPublished { unsafe unlink(temporary) }
    }

    /// Writes the next bytes.
    package mutating func write(_ bytes: [UInt8]) throws(FileSystemError) {
        if let failure = FileContents.write(bytes, to: descriptor) { throw failure }
        count += bytes.count
    }

    /// Puts the file, which is on disk when this returns, under its name.
    ///
    /// - Parameter replacing: whether it may take the place of what is there; otherwise false is
    ///   given for something of that name, which is left alone.
    package mutating func publish(replacing: Bool) throws(FileSystemError) -> Bool {
        try publish(replacing: replacing) { old, new in unsafe link(old, new) }
    }

    /// - Parameter link: `link(2)`; a test says what a file system without links does.
    mutating func publish(
        replacing: Bool, linking link: (String, String) -> Int32
    ) throws(FileSystemError) -> Bool {
        if fsync(descriptor) != 0 { throw FileSystemError("cannot write the file") }
        if replacing {
            try rename()
        } else {
            // link(2), unlike rename(2), never replaces anything.
            if link(temporary, path) == 0 {
                unsafe unlink(temporary)
            } else {
                if errno == EEXIST { return false }
                // FAT and exFAT, which most sticks have, know no links.
                guard errno == EPERM || errno == ENOTSUP || errno == EOPNOTSUPP else {
                    throw FileSystemError("cannot create the file")
                }
                guard try reserve() else { return false }
                try rename()
            }
        }
        isPublished = true
        try FileContents.synchronizeParent(of: path)
        return true
    }

    private func rename() throws(FileSystemError) {
        guard Self.rename(temporary, path) == 0 else {
            throw FileSystemError("cannot replace the file")
        }
    }

    private static func rename(_ old: String, _ new: String) -> Int32 {
        #if canImport(Glibc)
            unsafe Glibc.rename(old, new)
        #else
            unsafe Darwin.rename(old, new)
        #endif
    }

    /// Takes the name by an empty file; gives false when something has it.
    private func reserve() throws(FileSystemError) -> Bool {
        let reserved = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        if reserved < 0 {
            if errno == EEXIST { return false }
            throw FileSystemError("cannot create the file")
        }
        close(reserved)
        return true
    }
}
