internal import CLibgit2Shims
internal import Clibgit2

/// One refspec of a fetch, such as `+refs/heads/a:refs/incoming/a`.
@safe  // the handle never leaves
struct Refspec: ~Copyable {
    private let handle: OpaquePointer

    /// Throws `.invalidSpec` for what is not a refspec for fetching.
    init(_ text: String) throws(GitError) {
        var handle: OpaquePointer?
        let code = unsafe git_refspec_parse(&handle, text, 1)
        guard code >= 0, let handle = unsafe handle else {
            _ = GitError(code: code)
            throw GitError(code: .invalidSpec, message: "\(text) is not a refspec")
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe git_refspec_free(handle)
    }

    /// The name or pattern on the peer.
    var source: String { unsafe git_refspec_src(handle).map { unsafe String(cString: $0) } ?? "" }

    var isPattern: Bool { source.contains("*") }

    var isForced: Bool { unsafe git_refspec_force(handle) == 1 }

    func matches(_ name: String) -> Bool { unsafe git_refspec_src_matches(handle, name) == 1 }

    /// The reference here that follows `name` on the peer; nil when the refspec sets none.
    func destination(for name: String) throws(GitError) -> String? {
        let target = unsafe git_refspec_dst(handle).map { unsafe String(cString: $0) } ?? ""
        if target.isEmpty { return nil }
        if !isPattern { return target }
        var text = unsafe git_buf()
        defer { unsafe git_buf_dispose(&text) }
        try check(unsafe git_refspec_transform(&text, handle, name))
        return unsafe text.ptr.map { unsafe String(cString: $0) }
    }
}
