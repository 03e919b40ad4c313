public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Opens a repository that a push goes to, together with the objects of the push.
    ///
    /// - Parameters:
    ///   - path: the repository's directory, as Git names it to a hook.
    ///   - quarantine: where Git keeps the objects of the push until it is taken
    ///     (`GIT_QUARANTINE_PATH`); nil once they are in the repository.
    /// - Throws: `store_corrupt`; the message names no path of this host, because the pusher reads
    ///   it.
    public static func receiving(
        at path: String, quarantine: String?, limits: ContentLimits = .standard
    ) throws(SheafError) -> BundleRepository {
        let repository = try mapping("the repository cannot be opened") {
            () throws(GitError) in
            var repository = try Repository.open(at: path)
            if let quarantine { try repository.addObjects(at: quarantine) }
            return repository
        }
        return BundleRepository(repository, path: path, limits: limits, git: GitProgram())
    }

    /// Judges a push: whether every reference may move, and every new commit is in order.
    ///
    /// Nothing is refused silently and nothing is left out: all new commits are checked, oldest
    /// first, and all that is wrong is in the verdict. What was found in order is remembered in the
    /// repository's directory, so that the next push costs what it changes.
    ///
    /// - Throws: `store_corrupt` when the repository itself cannot be read.
    public func judge(_ updates: [RefUpdate]) throws(SheafError) -> PushVerdict {
        var gate = PushGate(
            workspace: try workspace(), limits: limits, directory: repository.path)
        return gate.judge(updates, repository)
    }

    /// Leaves a receipt of a push that was taken, for the proc-receive hook of the same push.
    package func leaveReceipt(for updates: [RefUpdate], _ verdict: PushVerdict) {
        guard verdict.isAccepted, verdict.dependingOnThePush.isEmpty else { return }
        PushReceipt(updates).leave(in: repository.path)
    }
}
