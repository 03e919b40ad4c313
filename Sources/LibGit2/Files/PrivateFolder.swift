#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A new folder, under a name that nobody had, that no other user can enter.
package struct PrivateFolder: Sendable {
    /// What its name has more than the beginning.
    package static let suffixLength = 6

    /// Where it is.
    package let path: String

    /// Makes one.
    ///
    /// - Parameter beginning: its path without the letters that make the name its own.
    package init(beginning: String) throws(FileSystemError) {
        var template = Array("\(beginning)XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw FileSystemError("cannot make a directory")
        }
        path = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Takes away a socket in it, and then the folder if nothing else is in it.
    package func remove(socket name: String) {
        Self.removeSocket(at: "\(path)/\(name)")
        unsafe rmdir(path)
    }

    /// Takes away a socket; nothing but a socket.
    package static func removeSocket(at path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        unsafe unlink(path)
    }
}
