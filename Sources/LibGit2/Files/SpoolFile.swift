#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file without a name: it is gone when this value is, or when the process ends, however it ends.
///
/// One thread may append while others read what was appended before.
package final class SpoolFile: Sendable {
    private let descriptor: Int32

    /// Makes one in a directory.
    package init(in directory: String) throws(FileSystemError) {
        let name = "\(directory)/sheaf-spool-\(UInt64.random(in: .min ... .max))"
        descriptor = unsafe open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw FileSystemError("cannot make a temporary file") }
        unsafe unlink(name)
    }

    deinit {
        close(descriptor)
    }

    /// Writes all bytes at a place.
    package func write(_ bytes: [UInt8], at offset: Int) throws(FileSystemError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { room in
                unsafe pwrite(
                    descriptor, room.baseAddress! + done, room.count - done, off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileSystemError("cannot write a temporary file") }
            done += count
        }
    }

    /// Reads so many bytes from a place; throws when there are fewer.
    package func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        var number: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            filled = 0
            while filled < count {
                let read = unsafe pread(
                    descriptor, room.baseAddress! + filled, count - filled,
                    off_t(offset + filled))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    number = read == 0 ? EIO : errno
                    break
                }
                filled += read
            }
        }
        guard bytes.count == count else {
            throw FileSystemError("cannot read a temporary file", number: number)
        }
        return bytes
    }
}
