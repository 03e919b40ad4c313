internal import CLibgit2Shims
internal import Clibgit2

/// Why an operation on a repository failed.
///
/// The code comes from libgit2's code and class, never from the text of its message.
package struct GitError: Error, Sendable, Hashable {
    package enum Code: Hashable, Sendable {
        /// The object, reference or repository is not there.
        case notFound
        /// It is there already.
        case exists
        /// A compare-and-swap was lost: the reference is not what was expected.
        case modified
        /// A name, refspec or argument that is not well formed.
        case invalidSpec
        /// Another writer holds the lock file.
        case locked
        /// A reference would not move forward.
        case nonFastForward
        /// What is stored is damaged or malformed.
        case corrupt
        /// More than one object fits.
        case ambiguous
        /// A callback asked to stop.
        case userCancelled
        /// A limit in time was passed.
        case deadline
        /// The file system refused.
        case ioFailure
        /// Any other code of libgit2.
        case other(Int32)
    }

    package var code: Code

    /// libgit2's class of the error (`git_error_t`), 0 when there is none.
    package var domain: Int32

    /// For whoever works on this program; may name paths of this host, so it is never shown.
    package var message: String

    package init(code: Code, domain: Int32 = 0, message: String) {
        self.code = code
        self.domain = domain
        self.message = message
    }
}

extension GitError {
    /// The error of the libgit2 call that just returned `code` on this thread.
    ///
    /// `git_error_last` is thread-local, so this is read in the same synchronous call.
    init(code: Int32) {
        if let last = unsafe git_error_last(), unsafe last.pointee.klass != 0 {
            domain = unsafe last.pointee.klass
            message = unsafe last.pointee.message.map { unsafe String(cString: $0) } ?? ""
        } else {
            domain = 0
            message = ""
        }
        git_error_clear()
        if message.isEmpty { message = "libgit2 failed with code \(code)" }
        self.code = Code(code: code, domain: domain)
    }
}

extension GitError.Code {
    init(code: Int32, domain: Int32) {
        switch git_error_code(code) {
        case GIT_ENOTFOUND, GIT_EUNBORNBRANCH: self = .notFound
        case GIT_EEXISTS: self = .exists
        case GIT_EMODIFIED: self = .modified
        case GIT_EINVALIDSPEC: self = .invalidSpec
        case GIT_ELOCKED: self = .locked
        case GIT_ENONFASTFORWARD: self = .nonFastForward
        case GIT_EAMBIGUOUS: self = .ambiguous
        case GIT_EUSER: self = .userCancelled
        case GIT_EMISMATCH: self = .corrupt
        case GIT_ERROR:
            switch git_error_t(UInt32(bitPattern: domain)) {
            case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM: self = .ioFailure
            // What is refused is the memory that a damaged object asks for: see `starting.c`.
            case GIT_ERROR_NOMEMORY, GIT_ERROR_ZLIB, GIT_ERROR_ODB, GIT_ERROR_OBJECT,
                GIT_ERROR_TREE, GIT_ERROR_TAG,
                GIT_ERROR_INDEXER, GIT_ERROR_SHA:
                self = .corrupt
            default: self = .other(code)
            }
        default: self = .other(code)
        }
    }
}

/// The same for reading an object: where libgit2 fails without saying why, the object is damaged.
func checkReading(_ code: Int32) throws(GitError) {
    guard code < 0 else { return }
    var error = GitError(code: code)
    if error.code == .other(GIT_ERROR.rawValue) { error.code = .corrupt }
    throw error
}

/// Turns a negative code of libgit2 into the error that goes with it.
@discardableResult
func check(_ code: Int32) throws(GitError) -> Int32 {
    guard code < 0 else { return code }
    throw GitError(code: code)
}
