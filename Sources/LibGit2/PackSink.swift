internal import CLibgit2Shims
internal import Clibgit2
internal import Crypto

/// The bytes of one pack on their way into libgit2, which writes and indexes them.
@safe  // the handle never leaves
struct PackSink: ~Copyable {
    /// libgit2 maps the end of the pack again for each part that it is given, so parts are large.
    private static let partSize = 256 << 10

    private let handle: UnsafeMutablePointer<git_odb_writepack>
    private var checksum = Insecure.SHA1()
    private var buffer: [UInt8] = []
    private var progress = git_indexer_progress()

    init(objects: OpaquePointer) throws(GitError) {
        var handle: UnsafeMutablePointer<git_odb_writepack>?
        try check(unsafe git_odb_write_pack(&handle, objects, nil, nil))
        guard let handle = unsafe handle else {
            throw GitError(code: .other(0), message: "libgit2 gave no pack to write")
        }
        unsafe self.handle = unsafe handle
        buffer.reserveCapacity(2 * Self.partSize)
    }

    deinit {
        // Without a commit before it, this removes what was written.
        unsafe handle.pointee.free(handle)
    }

    mutating func write(_ byte: UInt8) {
        buffer.append(byte)
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws(GitError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.partSize {
            checksum.update(data: buffer)
            try send()
        }
    }

    /// Ends the pack with its checksum and makes it part of the repository, durably. Gives the
    /// checksum.
    @discardableResult
    mutating func finish() throws(GitError) -> [UInt8] {
        checksum.update(data: buffer)
        let sum = Array(checksum.finalize())
        buffer.append(contentsOf: sum)
        try send()
        try check(unsafe handle.pointee.commit(handle, &progress))
        return sum
    }

    private mutating func send() throws(GitError) {
        let code = unsafe buffer.withUnsafeBytes { bytes in
            unsafe handle.pointee.append(handle, bytes.baseAddress, bytes.count, &progress)
        }
        try check(code)
        buffer.removeAll(keepingCapacity: true)
    }
}
