internal import Crypto

/// A pack that is written into a file, behind what stands there already.
struct PackFileOutput: ~Copyable, PackOutput {
    private static let partSize = 256 << 10

    private var file: DurableFile
    private var checksum = Insecure.SHA1()
    private var buffer: [UInt8] = []

    init(_ file: consuming DurableFile) {
        self.file = file
        buffer.reserveCapacity(2 * Self.partSize)
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws(GitError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.partSize { try send() }
    }

    /// Ends the pack with its checksum and gives the file back.
    consuming func finish() throws(GitError) -> DurableFile {
        try send()
        let sum = Array(checksum.finalize())
        do throws(FileSystemError) { try file.write(sum) } catch { throw Self.error(error) }
        return file
    }

    private mutating func send() throws(GitError) {
        checksum.update(data: buffer)
        do throws(FileSystemError) { try file.write(buffer) } catch { throw Self.error(error) }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func error(_ error: FileSystemError) -> GitError {
        GitError(code: .ioFailure, message: "\(error)")
    }
}
