#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A lock of a file that the operating system drops when its process ends, however it ends.
///
/// Source: `flock(2)`; the lock belongs to the open file, so two locks in one process exclude each
/// other as well.
package struct FileLock: ~Copyable, Sendable {
    /// Whether others may hold the lock at the same time.
    package enum Mode: Sendable {
        /// Many may hold it together.
        case shared
        /// One alone may hold it.
        case exclusive
    }

    private let descriptor: Int32

    /// Takes the lock; nil when another holds it and waiting is not asked for.
    ///
    /// A new file gets `permissions` less the bits of the process's umask.
    package init?(
        path: String, mode: Mode, waiting: Bool = false, permissions: UInt16 = 0o600
    ) throws(FileSystemError) {
        var file = unsafe open(
            path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(permissions))
        // Whoever shares it only looks: that is possible where nothing can be written.
        if file < 0, mode == .shared, errno == EROFS || errno == EACCES {
            file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        }
        descriptor = file
        if descriptor < 0 { throw FileSystemError("cannot open the lock file") }
        let operation = (mode == .shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)
        while flock(descriptor, operation) != 0 {
            if errno == EINTR { continue }
            let number = errno
            if number == EWOULDBLOCK { return nil }
            throw FileSystemError("cannot lock", number: number)
        }
    }

    deinit {
        // A child between fork and exec has the descriptor too, and with it the lock: closing alone
        // would leave the lock to it for a moment.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Replaces what stands in the lock file, for others to read who owns it.
    package borrowing func note(_ text: String) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return }
        _ = FileContents.write(Array(text.utf8), to: descriptor)
    }
}
