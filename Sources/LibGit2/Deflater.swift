internal import CLibgit2Shims

/// zlib at its fastest level, used again for one object after the other.
@safe  // the handle never leaves
struct Deflater: ~Copyable {
    private let handle: OpaquePointer

    init() throws(GitError) {
        guard let handle = unsafe sheaf_deflater_new() else {
            throw GitError(code: .other(0), message: "zlib cannot start")
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe sheaf_deflater_free(handle)
    }

    /// Starts a stream over `content`, which must stay where it is until the stream has ended.
    @unsafe
    func begin(_ content: UnsafeRawBufferPointer) throws(GitError) {
        guard unsafe sheaf_deflater_begin(handle, content.baseAddress, content.count) == 0 else {
            throw Self.failed
        }
    }

    /// Fills `chunk` from the start; says how far, and whether the stream has ended.
    func next(into chunk: inout [UInt8]) throws(GitError) -> (count: Int, isLast: Bool) {
        var count = 0
        let status = unsafe chunk.withUnsafeMutableBytes { room in
            unsafe sheaf_deflater_next(handle, room.baseAddress, room.count, &count)
        }
        guard status >= 0 else { throw Self.failed }
        return (count, status == 1)
    }

    private static var failed: GitError { GitError(code: .other(0), message: "zlib failed") }
}
