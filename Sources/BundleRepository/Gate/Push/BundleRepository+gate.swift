public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Opens a repository that a push goes to, together with the objects of the push.
    ///
    /// - Parameters:
    ///   - path: the repository's directory, as Git names it to a hook.
    ///   - quarantine: where Git keeps the objects of the push until it is taken
    ///     (`GIT_QUARANTINE_PATH`); nil once they are in the repository.
    ///   - limits: what a bundle may hold; the host's own file of limits, or the standard ones.
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
        try gate(updates).verdict
    }

    /// Judges a push once more, right before Git moves the references, and records the workspace
    /// of a repository that has no record of it.
    ///
    /// Of two first pushes at once each was judged when there was no workspace yet: here the second
    /// one meets that of the first.
    ///
    /// - Throws: `store_corrupt`; `io_error` when the workspace cannot be recorded.
    public func judgeFinally(_ updates: [RefUpdate]) throws(SheafError) -> PushVerdict {
        if try recordedWorkspace() != nil { return try judge(updates) }
        let folder = GateFolder(repository)
        folder.make()
        let lock: FileLock?
        do {
            // No bundle has such a name.
            lock = try FileLock(
                path: folder.file("@workspace"), mode: .exclusive, waiting: true,
                permissions: 0o666)
        } catch {
            throw SheafError(error, "the lock of the workspace")
        }
        let (verdict, workspace) = try gate(updates)
        if verdict.isAccepted, let workspace { try record(workspace) }
        _ = consume lock
        return verdict
    }

    /// How many seconds a hook may take: `sheaf.hookDeadline` of the repository, as it stands there.
    public func hookDeadline() throws(SheafError) -> String? {
        try mapping("the configuration") { () throws(GitError) in
            try repository.configString("sheaf.hookDeadline")
        }
    }

    /// Removes what an earlier push left for the proc-receive hook.
    ///
    /// Throws `io_error` when it cannot be removed.
    package func clearReceipt() throws(SheafError) {
        try PushReceipt.clear(GateFolder(repository))
    }

    /// Leaves a receipt of a push that was taken, for the proc-receive hook of the same push.
    ///
    /// Without a record of the workspace there is none, so that the push is judged finally.
    package func leaveReceipt(
        for updates: [RefUpdate], _ verdict: PushVerdict
    ) throws(SheafError) {
        guard verdict.isAccepted, verdict.dependingOnThePush.isEmpty,
            try recordedWorkspace() != nil
        else { return }
        PushReceipt(updates).leave(in: GateFolder(repository))
    }

    private func gate(
        _ updates: [RefUpdate]
    ) throws(SheafError) -> (verdict: PushVerdict, workspace: WorkspaceID?) {
        var gate = PushGate(
            workspace: try workspace(), limits: limits, folder: GateFolder(repository))
        let verdict = gate.judge(updates, repository)
        return (verdict, gate.workspace)
    }
}
