#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A regular file that is read from its beginning to its end.
package struct FileReader: ~Copyable {
    private let descriptor: Int32
    /// The bytes of the file when it was opened.
    package let size: Int

    /// Opens a file; what is no regular file is refused, and a pipe is not waited for.
    package init(path: String) throws(FileSystemError) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 { throw FileSystemError("cannot open the file") }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            let error = FileSystemError("cannot examine the file")
            close(file)
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw FileSystemError("not a regular file", number: EINVAL)
        }
        descriptor = file
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next bytes, at most so many; none at the end.
    package func read(atMost limit: Int) throws(FileSystemError) -> [UInt8] {
        var failure: FileSystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = 0
            while count < limit {
                let got = unsafe systemRead(descriptor, buffer.baseAddress! + count, limit - count)
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = FileSystemError("cannot read the file")
                    return
                }
                if got == 0 { return }
                count += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

@unsafe
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    unsafe read(file, buffer, count)
}
