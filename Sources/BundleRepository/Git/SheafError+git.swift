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
        self.init(code, "\(subject): \(DisplayText.escape(error.message))")
    }

    init(_ error: FileSystemError, _ subject: String) {
        self.init(.ioError, "\(subject): \(error)")
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
