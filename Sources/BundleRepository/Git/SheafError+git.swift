internal import BundleModel
internal import LibGit2

extension SheafError {
    /// The one place where a failure of libgit2 becomes a public error.
    ///
    /// - Parameter subject: what was being done, without a path of the host.
    init(_ error: GitError, _ subject: String) {
        let code: Code =
            switch error.code {
            case .notFound: .storeCorrupt
            case .exists, .modified: .conflict
            case .locked: .conflict
            case .nonFastForward: .historyRewritten
            case .invalidSpec: .invalidRequest
            case .userCancelled: .cancelled
            case .deadline: .deadlineExceeded
            case .corrupt, .ambiguous: .storeCorrupt
            case .ioFailure, .other: .ioError
            }
        self.init(code, "\(subject): \(error.publicText)")
    }

    init(_ error: FileSystemError, _ subject: String) {
        self.init(.ioError, "\(subject): \(error)")
    }
}

extension GitError {
    /// What went wrong in words for everybody: libgit2's own may name paths of this host.
    var publicText: String {
        switch code {
        case .notFound: "something that should be there is missing"
        case .exists: "it is there already"
        case .modified: "it was changed meanwhile"
        case .locked: "another program holds it locked"
        case .nonFastForward: "it would not move forward"
        case .invalidSpec: "it is not well formed"
        case .userCancelled: "it was cancelled"
        case .deadline: "it took too long"
        case .corrupt: "what is stored is damaged"
        case .ambiguous: "more than one object fits"
        case .ioFailure: "the file system refused"
        case .other(let number): "libgit2 failed with code \(number)"
        }
    }
}

/// Runs a step on libgit2 and gives its failure the public form.
func mapping<Value: ~Copyable>(
    _ subject: @autoclosure () -> String, _ body: () throws(GitError) -> Value
) throws(SheafError) -> Value {
    do {
        return try body()
    } catch {
        throw SheafError(error, subject())
    }
}
