#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A copy of a file that is put into a folder of another user, who may do there whatever they like
/// meanwhile.
///
/// Everything is done through open descriptors and no name is looked up twice, so that a folder or a
/// file that is changed for a link leads nowhere else: not for what is written, given away or removed.
package final class DeliveredFile: Sendable {
    /// Which side of the copy could not be used.
    package enum Failure: Error, Hashable {
        /// The file that is copied, when it is not there or is no regular file.
        case noSource
        /// Reading it, or the folder.
        case system(FileSystemError)
    }

    private let folder: Int32
    private let name: String

    /// Copies a file under a name that the folder does not have yet. Only the user of this process
    /// may read it; where that is root, only whoever the folder belongs to.
    ///
    /// - Parameters:
    ///   - source: its path; may be a symbolic link, which this process follows with its own rights.
    ///   - name: one component.
    ///   - folder: its path, whose last component may not be a symbolic link.
    package init(copying source: String, named name: String, into folder: String) throws(Failure) {
        // A pipe of that name would otherwise hold the opener until somebody writes to it.
        let input = unsafe open(source, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        if input < 0 {
            let error = FileSystemError("cannot open the file")
            throw error.isMissing ? .noSource : .system(error)
        }
        defer { close(input) }
        var status = stat()
        guard unsafe fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .noSource
        }
        let place = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if place < 0 { throw .system(FileSystemError("cannot open the directory")) }
        let output = unsafe openat(
            place, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if output < 0 {
            let error = FileSystemError("cannot make the file")
            close(place)
            throw .system(error)
        }
        defer { close(output) }
        if let error = Self.copy(input, to: output) ?? Self.give(output, toOwnerOf: place) {
            unsafe unlinkat(place, name, 0)
            close(place)
            throw .system(error)
        }
        self.folder = place
        self.name = name
    }

    deinit { close(folder) }

    /// Takes the file out of the folder, whatever has that name there by now, unless it is a folder.
    package func remove() {
        unsafe unlinkat(folder, name, 0)
    }

    private static func copy(_ input: Int32, to output: Int32) -> FileSystemError? {
        var room = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe room.withUnsafeMutableBytes { room in
                unsafe read(input, room.baseAddress!, room.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return FileSystemError("cannot read the file") }
            if count == 0 { return nil }
            if let error = FileContents.write(Array(room.prefix(count)), to: output) {
                return error
            }
        }
    }

    private static func give(_ file: Int32, toOwnerOf folder: Int32) -> FileSystemError? {
        guard geteuid() == 0 else { return nil }
        var status = stat()
        guard unsafe fstat(folder, &status) == 0,
            fchown(file, status.st_uid, status.st_gid) == 0
        else { return FileSystemError("cannot give the file to the owner of its folder") }
        return nil
    }
}
