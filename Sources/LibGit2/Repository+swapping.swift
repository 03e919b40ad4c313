internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Moves the reference from `old` to `new`, or creates it when `old` is nil, in one step.
    ///
    /// Throws `.modified` when it is not at `old`, or exists although `old` is nil; `.locked` when
    /// another writer keeps it locked for longer than Git waits, which a killed one does for ever;
    /// `.exists` when a reference is where this one needs a folder, or below it; `.invalidSpec` for
    /// what cannot be a name; `.notFound` when `new` is not an object of this repository.
    package func compareAndSwapReference(
        _ name: String, to new: ObjectID, expecting old: ObjectID?, logMessage: String?
    ) throws(GitError) {
        guard contains(new) else {
            throw GitError(code: .notFound, message: "object \(new) is not here")
        }
        try retryingWhileLocked { () throws(GitError) in
            try swap(name, to: new, expecting: old, logMessage)
        }
    }

    /// Deletes the reference if it is at `old`. Throws `.modified` when it is not, or is symbolic;
    /// `.locked` as ``compareAndSwapReference(_:to:expecting:logMessage:)`` does.
    package func deleteReference(_ name: String, expecting old: ObjectID) throws(GitError) {
        try retryingWhileLocked { () throws(GitError) in
            var found: OpaquePointer?
            let code = unsafe git_reference_lookup(&found, handle, name)
            defer { unsafe git_reference_free(found) }
            if code == GIT_ENOTFOUND.rawValue { throw Self.lost(name) }
            if code < 0 { throw readingError(code) }
            guard let target = unsafe git_reference_target(found),
                unsafe ObjectID(target.pointee) == old
            else { throw Self.lost(name) }
            // Under the lock, libgit2 compares once more with what was looked up.
            let deleted = unsafe git_reference_delete(found)
            if deleted == GIT_ENOTFOUND.rawValue { throw Self.lost(name) }
            try check(deleted)
        }
    }

    private func swap(
        _ name: String, to new: ObjectID, expecting old: ObjectID?, _ logMessage: String?
    ) throws(GitError) {
        var created: OpaquePointer?
        defer { unsafe git_reference_free(created) }
        var target = new.oid
        // The zero id is libgit2's way to say that nothing may be there; only with an expected id
        // does it look again under the lock.
        var expected = old?.oid ?? sheaf_oid_make(0, 0, 0)
        let code = unsafe git_reference_create_matching(
            &created, handle, name, &target, old == nil ? 0 : 1, &expected, logMessage)
        guard code < 0 else { return }
        var error = GitError(code: code)
        let isReference = error.domain == Int32(GIT_ERROR_REFERENCE.rawValue)
        switch git_error_code(code) {
        case GIT_ENOTFOUND: error.code = .modified
        case GIT_EEXISTS where isReference: error.code = .modified
        case GIT_EDIRECTORY: error.code = .exists
        case GIT_ERROR where isReference: error.code = .exists
        // Where a folder is needed and a reference is a file, only the file system complains.
        case GIT_ERROR where try isBelowReference(name): error.code = .exists
        default: break
        }
        throw error
    }

    private func isBelowReference(_ name: String) throws(GitError) -> Bool {
        for end in name.indices where name[end] == "/" {
            let above = String(name[..<end])
            guard Self.isValidName(above) else { continue }
            if try reference(above) != nil { return true }
        }
        return false
    }

    private static func lost(_ name: String) -> GitError {
        git_error_clear()
        return GitError(code: .modified, message: "reference \(name) is not at the expected object")
    }
}
