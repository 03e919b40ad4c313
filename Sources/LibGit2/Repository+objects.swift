internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Whether the object is here.
    ///
    /// An absent one costs a look at the folder of packs, in case another process wrote one since;
    /// without `refreshing` that is left out.
    package func contains(_ id: ObjectID, refreshing: Bool = true) -> Bool {
        var oid = id.oid
        let flags = refreshing ? 0 : UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)
        return ReadWatch.run { unsafe git_odb_exists_ext(objects, &oid, flags) == 1 }
    }

    /// Kind and size from the object's header; its content is not inflated.
    ///
    /// Throws `.notFound` when it is absent.
    package func objectHeader(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
        var oid = id.oid
        var size = 0
        var type = GIT_OBJECT_INVALID
        try checkReading(ReadWatch.run { unsafe git_odb_read_header(&size, &type, objects, &oid) })
        return (try ObjectKind(type), size)
    }

    /// Whether the object is of this kind, by its header.
    ///
    /// A header proves nothing: one that says otherwise counts after the object was read, and its id
    /// with it. Throws `.corrupt` when it is damaged, `.notFound` when it is absent.
    package func header(
        _ id: ObjectID, of kind: ObjectKind
    ) throws(GitError) -> (isOfKind: Bool, size: Int) {
        let header = try objectHeader(id)
        if header.kind == kind { return (true, header.size) }
        let found = try StoredObject(id, in: self)
        return (try found.kind == kind, header.size)
    }

    /// A copy of the object's content. Throws `.notFound` when it is absent, `.corrupt` when it is
    /// damaged.
    package func object(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, bytes: [UInt8]) {
        let found = try StoredObject(id, in: self)
        return (try found.kind, found.withBytes { $0.copied() })
    }

    /// Lends the object's content to `body` without a copy.
    ///
    /// Throws `.notFound` when it is absent, `.corrupt` when it is damaged, and what `body` throws.
    package func withObject<Result: ~Copyable>(
        _ id: ObjectID, _ body: (ObjectKind, Span<UInt8>) throws -> Result
    ) throws -> Result {
        let found = try StoredObject(id, in: self)
        let kind = try found.kind
        return try found.withBytes { bytes in try body(kind, bytes) }
    }

    /// The commit `id`. Throws `.notFound` when there is no such commit, `.corrupt` when it is
    /// malformed.
    package func commit(_ id: ObjectID) throws(GitError) -> RawCommit {
        let found = try stored(id, as: .commit)
        return try RawCommit.parse(found.withBytes { $0.copied() })
    }

    /// The entries of the tree `id` as stored. Throws `.notFound` when there is no such tree,
    /// `.corrupt` when it is malformed.
    package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
        let found = try stored(id, as: .tree)
        return try found.withBytes { bytes throws(GitError) in try RawTree.parse(bytes) }
    }

    /// Looks again at which packs there are, after another process wrote one.
    ///
    /// A failed lookup does that by itself.
    package func refreshObjects() {
        ReadWatch.run { unsafe _ = git_odb_refresh(objects) }
        git_error_clear()
    }

    /// The object if it is of this kind; `.notFound` otherwise, which is libgit2's own answer.
    private func stored(
        _ id: ObjectID, as kind: ObjectKind
    ) throws(GitError) -> StoredObject {
        let found = try StoredObject(id, in: self)
        guard try found.kind == kind else {
            throw GitError(code: .notFound, message: "\(id) is not a \(kind.name)")
        }
        return found
    }
}
