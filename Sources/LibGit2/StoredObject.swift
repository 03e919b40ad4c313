internal import CLibgit2Shims
internal import Clibgit2

/// An object that libgit2 holds in memory for us; given back at the end.
@safe  // the handle never leaves; its bytes are lent to a closure
struct StoredObject: ~Copyable {
    private let handle: OpaquePointer?

    init(_ id: ObjectID, in repository: borrowing Repository) throws(GitError) {
        var oid = id.oid
        var found: OpaquePointer?
        try checkReading(ReadWatch.run { unsafe git_odb_read(&found, repository.objects, &oid) })
        unsafe handle = unsafe found
    }

    deinit {
        unsafe git_odb_object_free(handle)
    }

    var kind: ObjectKind {
        get throws(GitError) { try ObjectKind(unsafe git_odb_object_type(handle)) }
    }

    /// Lends the content.
    func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let count = unsafe git_odb_object_size(handle)
        let raw = unsafe UnsafeRawBufferPointer(start: git_odb_object_data(handle), count: count)
        let span = unsafe Span<UInt8>(_unsafeBytes: raw)
        return try body(span)
    }
}
