internal import BundleModel
internal import LibGit2

extension PushGate {
    /// Judges what a branch of revisions would gain, oldest first.
    mutating func judge(
        _ pushed: PushedBranch, _ bundle: BundleID, _ repository: borrowing Repository
    ) {
        let name = pushed.update.name
        var parent = RefusalLog.Previous<Revision>.none
        if let old = pushed.update.old {
            parent = log.previous(name) { () throws(SheafError) in
                try reader.revision(repository, old, of: bundle)
            }
        }
        for commit in pushed.commits {
            let revision = log.attempt(name, commit) { () throws(SheafError) in
                do throws(SheafError) {
                    return try reader.revision(repository, commit, of: bundle)
                } catch {
                    throw error.hinting(at: Self.unstamped)
                }
            }
            guard let revision else {
                judgeText(name, commit, repository)
                judgeContentsAlone(name, commit, repository)
                parent = .unreadable
                continue
            }
            log.attempt(name, commit) { () throws(SheafError) in try follow(revision, parent) }
            log.attempt(name, commit) { () throws(SheafError) in
                try requireWorkspace(revision.provenance.workspace)
            }
            log.attempt(name, commit) { () throws(SheafError) in
                do throws(SheafError) {
                    try contents.check(revision, repository)
                } catch  where error.code == .digestMismatch {
                    throw error.hinting(at: Self.stale)
                }
            }
            parent = .known(revision)
        }
        heads[bundle] = pushed.update.new
    }

    private func follow(
        _ revision: Revision, _ parent: RefusalLog.Previous<Revision>
    ) throws(SheafError) {
        let expected: Int
        switch parent {
        case .unreadable: return
        case .none: expected = 1
        case .known(let parent): expected = parent.number + 1
        }
        guard revision.number == expected else {
            throw SheafError(
                .historyRewritten,
                "it says that it is revision \(revision.number), and follows revision "
                    + "\(expected - 1)",
                details: ["expected": String(expected), "actual": String(revision.number)],
                hint: Self.stale)
        }
    }

    private mutating func judgeContentsAlone(
        _ name: String, _ commit: CommitID, _ repository: borrowing Repository
    ) {
        log.attempt(name, commit) { () throws(SheafError) in
            let tree = try reader.raw(repository, commit).tree
            try Self.require(contents.findings(of: commit, tree: tree, repository))
        }
    }

    private static let unstamped =
        "'sheaf hook install' makes 'git commit' write the trailers; 'sheaf stamp' writes them now"
    private static let stale =
        "the commit was changed after it was stamped: 'sheaf stamp' renews its trailers"
}
