#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A failed call to the operating system, with its `errno`.
package struct FileSystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number of the error.
    package let number: Int32
    /// What was being done, without a path.
    package let action: String

    init(_ action: String, number: Int32 = errno) {
        self.action = action
        self.number = number
    }

    /// Whether the file or directory is not there.
    package var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    /// Whether the disk, or what its user may have of it, is full.
    package var isLackOfSpace: Bool { number == ENOSPC || number == EDQUOT }
    /// Whether the entry is a symbolic link where none may be followed.
    package var isSymbolicLink: Bool { number == ELOOP }

    /// The action and the system's own words for the error.
    package var description: String {
        "\(action): \(unsafe String(cString: strerror(number)))"
    }
}
