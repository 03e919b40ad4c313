internal import CLibgit2Shims
internal import Clibgit2

/// An open repository, which closes itself.
///
/// It may move from one thread to another and is used by one at a time: keep it in an actor (with a
/// ``BlockingExecutor``) or a `Mutex`. Its calls block.
///
/// Reads see what is stored: libgit2 knows neither replace refs nor grafts.
@safe  // the handles never leave this module
package struct Repository: ~Copyable {
    let handle: OpaquePointer
    let objects: OpaquePointer

    /// Folders whose objects are read as well; every other handle on the repository needs them too.
    var furtherObjects: [String] = []

    private init(owning handle: OpaquePointer) throws(GitError) {
        let objects: OpaquePointer
        do throws(GitError) {
            unsafe objects = try unsafe Self.objects(of: handle)
        } catch {
            unsafe git_repository_free(handle)
            throw error
        }
        unsafe self.handle = unsafe handle
        unsafe self.objects = unsafe objects
    }

    private init(_ handle: OpaquePointer, over objects: OpaquePointer) {
        unsafe self.handle = unsafe handle
        unsafe self.objects = unsafe objects
    }

    deinit {
        unsafe git_odb_free(objects)
        unsafe git_repository_free(handle)
    }

    /// Opens the repository at exactly this path: a bare one, a `.git`, or the folder that holds a
    /// `.git`. Parent folders are not looked at and nothing is created.
    ///
    /// Throws `.notFound` when there is none.
    package static func open(at path: String) throws(GitError) -> Repository {
        try Library.start()
        try RepositoryFiles.requireOpenable(path)
        return try ReadWatch.run { () throws(GitError) in
            var handle: OpaquePointer?
            let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
            try check(unsafe git_repository_open_ext(&handle, path, flags, nil))
            return try unsafe Repository(owning: opened(handle))
        }
    }

    /// A repository of no place, in which nothing is found. It takes the place of one that is let go
    /// of: libgit2 keeps the files of a pack open for as long as any handle has it.
    package static func nowhere() throws(GitError) -> Repository {
        try Library.start()
        var objects: OpaquePointer?
        try check(unsafe git_odb_new(&objects))
        var handle: OpaquePointer?
        let error = unsafe git_repository_wrap_odb(&handle, objects)
        guard error == 0, let handle = unsafe handle, let objects = unsafe objects else {
            unsafe git_odb_free(objects)
            try check(error)
            throw GitError(code: .other(0), message: "libgit2 gave no repository")
        }
        return unsafe Repository(handle, over: objects)
    }

    /// Creates a bare repository, and the folders above it, without a template.
    ///
    /// HEAD names `initialBranch`, `main` when nil. Throws `.exists` when there is a repository.
    package static func createBare(
        at path: String, initialBranch: String?
    ) throws(GitError) -> Repository {
        try Library.start()
        var handle: OpaquePointer?
        try check(unsafe sheaf_repository_create_bare(&handle, path, initialBranch ?? "main"))
        return try unsafe Repository(owning: opened(handle))
    }

    private static func opened(_ handle: OpaquePointer?) throws(GitError) -> OpaquePointer {
        guard let handle = unsafe handle else {
            throw GitError(code: .other(0), message: "libgit2 gave no repository")
        }
        return unsafe handle
    }

    /// The object database, on guard.
    private static func objects(of handle: OpaquePointer) throws(GitError) -> OpaquePointer {
        let common =
            unsafe git_repository_commondir(handle).map { unsafe String(cString: $0) } ?? ""
        // What leads libgit2 to further objects is read when it opens them.
        _ = try ObjectFolders(own: common + "objects")
        try RepositoryFiles.require(["packed-refs", "shallow"], in: common)
        var objects: OpaquePointer?
        try check(unsafe git_repository_odb(&objects, handle))
        guard let objects = unsafe objects else {
            throw GitError(code: .other(0), message: "libgit2 gave no object database")
        }
        do throws(GitError) {
            try unsafe guardObjects(objects, in: common)
        } catch {
            unsafe git_odb_free(objects)
            throw error
        }
        return unsafe objects
    }

    /// The Git folder, ending in `/`.
    package var path: String {
        unsafe git_repository_path(handle).map { unsafe String(cString: $0) } ?? Self.noPlace
    }

    /// Where nothing can be.
    private static let noPlace = "/dev/null/"

    /// Throws `.notFound` for a repository of ``nowhere()``: libgit2 would look for its references in
    /// the working directory.
    func requirePlace() throws(GitError) {
        if unsafe git_repository_path(handle) == nil {
            throw GitError(code: .notFound, message: "the repository is closed")
        }
    }

    /// The folder of objects and references, ending in `/`: another than ``path`` in a linked
    /// worktree only.
    package var commonPath: String {
        unsafe git_repository_commondir(handle).map { unsafe String(cString: $0) } ?? path
    }
}
