internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Makes the objects of another folder readable too, as Git's quarantine of a push needs it.
    ///
    /// Nothing is ever written there. An object id names its content, so a further folder can add
    /// objects and never change one. Throws `.ioFailure` or `.notFound` when it cannot be read.
    package mutating func addObjects(at folder: String) throws(GitError) {
        guard FolderListing.exists(folder) else {
            throw GitError(code: .notFound, message: "no folder of objects: \(folder)")
        }
        try check(unsafe git_odb_add_disk_alternate(objects, folder))
        furtherObjects.append(folder)
    }

    /// The reference that a symbolic reference names; nil when it is absent or not symbolic.
    package func symbolicTarget(of name: String) throws(GitError) -> String? {
        var found: OpaquePointer?
        let code = unsafe git_reference_lookup(&found, handle, name)
        defer { unsafe git_reference_free(found) }
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        if code < 0 { throw readingError(code) }
        return unsafe git_reference_symbolic_target(found).map { unsafe String(cString: $0) }
    }
}
