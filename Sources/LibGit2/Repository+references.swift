internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// What the reference names, through symbolic references; nil when it, or what it leads to, is
    /// absent. Throws `.invalidSpec` for what cannot be a name, `.corrupt` for a damaged file.
    package func reference(_ name: String) throws(GitError) -> ObjectID? {
        var oid = git_oid()
        let code = unsafe git_reference_name_to_id(&oid, handle, name)
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        if code < 0 { throw Self.readingError(code) }
        return ObjectID(oid)
    }

    /// The references whose full names start with `prefix`, sorted by the bytes of their names.
    ///
    /// Symbolic ones are resolved, and left out where they lead nowhere. A damaged reference throws
    /// `.corrupt`: libgit2's own iterator skips it without a word, so only names are taken from it.
    package func references(
        withPrefix prefix: String
    ) throws(GitError) -> [(name: String, target: ObjectID)] {
        var found: [(name: String, target: ObjectID)] = []
        for name in try referenceNames(withPrefix: prefix) {
            guard let target = try reference(name) else { continue }
            found.append((name, target))
        }
        return found
    }

    private func referenceNames(withPrefix prefix: String) throws(GitError) -> [String] {
        var iterator: OpaquePointer?
        try check(unsafe git_reference_iterator_new(&iterator, handle))
        defer { unsafe git_reference_iterator_free(iterator) }
        var names: Set<String> = []
        while true {
            var name: UnsafePointer<CChar>?
            let code = unsafe git_reference_next_name(&name, iterator)
            if code == GIT_ITEROVER.rawValue { break }
            try check(code)
            guard let name = unsafe name.map({ unsafe String(cString: $0) }) else { continue }
            if name.utf8.starts(with: prefix.utf8) { names.insert(name) }
        }
        git_error_clear()
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Moves the reference from `old` to `new`, or creates it when `old` is nil, in one step.
    ///
    /// Throws `.modified` when it is not at `old`, or exists although `old` is nil; `.locked` while
    /// another writer has it; `.invalidSpec` for what cannot be a name; `.notFound` when `new` is
    /// not an object of this repository. A lock file that a killed process left stays `.locked`.
    package func compareAndSwapReference(
        _ name: String, to new: ObjectID, expecting old: ObjectID?, logMessage: String?
    ) throws(GitError) {
        var created: OpaquePointer?
        defer { unsafe git_reference_free(created) }
        var target = new.oid
        // The zero id is libgit2's way to say that nothing may be there, checked under the lock.
        var expected = old?.oid ?? sheaf_oid_make(0, 0, 0)
        let code = unsafe git_reference_create_matching(
            &created, handle, name, &target, old == nil ? 0 : 1, &expected, logMessage)
        guard code < 0 else { return }
        var error = GitError(code: code)
        let isLost = error.code == .exists || (old != nil && error.code == .notFound)
        if isLost { error.code = .modified }
        throw error
    }

    /// Deletes the reference if it is at `old`. Throws `.modified` when it is not, `.locked` while
    /// another writer has it.
    package func deleteReference(_ name: String, expecting old: ObjectID) throws(GitError) {
        var found: OpaquePointer?
        let code = unsafe git_reference_lookup(&found, handle, name)
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            throw GitError(code: .modified, message: "reference \(name) is not there")
        }
        if code < 0 { throw Self.readingError(code) }
        defer { unsafe git_reference_free(found) }
        guard let target = unsafe git_reference_target(found),
            unsafe ObjectID(target.pointee) == old
        else { throw GitError(code: .modified, message: "reference \(name) was moved") }
        // Deletes only what the looked-up value still matches.
        try check(unsafe git_reference_delete(found))
    }

    /// libgit2 has no code of its own for a reference file that it cannot read.
    private static func readingError(_ code: Int32) -> GitError {
        var error = GitError(code: code)
        let isDamaged = git_error_t(UInt32(bitPattern: error.domain)) == GIT_ERROR_REFERENCE
        if isDamaged, error.code == .other(GIT_ERROR.rawValue) { error.code = .corrupt }
        return error
    }
}
