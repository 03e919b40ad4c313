internal import BundleModel
internal import LibGit2

extension PushGate {
    /// Judges what a channel would gain, oldest first.
    mutating func judge(
        _ pushed: PushedBranch, _ bundle: BundleID, _ channel: ChannelID,
        _ repository: borrowing Repository
    ) {
        let name = pushed.update.name
        var parent = RefusalLog.Previous<Release>.none
        if let old = pushed.update.old {
            parent = log.previous(name) { () throws(SheafError) in
                try reader.release(repository, old, of: bundle, on: channel)
            }
        }
        for commit in pushed.commits {
            judgeText(name, commit, repository)
            let release = log.attempt(name, commit) { () throws(SheafError) in
                try reader.release(repository, commit, of: bundle, on: channel)
            }
            guard let release else {
                parent = .unreadable
                continue
            }
            log.attempt(name, commit) { () throws(SheafError) in try follow(release, parent) }
            log.attempt(name, commit) { () throws(SheafError) in
                try requireRevision(of: release, pushed, repository)
            }
            parent = .known(release)
        }
    }

    private func follow(_ release: Release, _ parent: RefusalLog.Previous<Release>)
        throws(SheafError)
    {
        let expected: Int
        switch parent {
        case .unreadable: return
        case .none: expected = 1
        case .known(let parent): expected = parent.sequence + 1
        }
        guard release.sequence == expected else {
            throw SheafError(
                release.sequence < expected ? .releaseReplayed : .historyRewritten,
                "it says that it is release \(release.sequence), and follows release "
                    + "\(expected - 1)",
                details: ["expected": String(expected), "actual": String(release.sequence)],
                hint: "'sheaf channel release' numbers releases")
        }
    }

    /// A release is its revision: one that the bundle's branch has, with the same tree, the same
    /// trailers, and the revision's committer and time as its author.
    private mutating func requireRevision(
        of release: Release, _ pushed: PushedBranch, _ repository: borrowing Repository
    ) throws(SheafError) {
        let bundle = release.provenance.revision.bundle
        let named = release.provenance.revisionCommit
        try requireWorkspace(release.provenance.revision.workspace)
        let current = try mapping("the bundle's branch") { () throws(GitError) in
            try repository.reference(BundleRefName.revisions(bundle))
        }
        let target = try named.objectID()
        let isThere = try isReached(target, from: current, repository)
        if !isThere {
            let pushedHead = try heads[bundle]?.objectID()
            guard try isReached(target, from: pushedHead, repository) else {
                throw SheafError(
                    .provenanceInvalid,
                    "it names revision \(named.short), which the branch of '\(bundle)' does not "
                        + "have",
                    details: ["revision": named.hex],
                    hint: "push \(BundleRefName.revisions(bundle)) first, or with it")
            }
            if !depending.contains(pushed.update.name) { depending.append(pushed.update.name) }
        }
        let revision = try reader.revision(repository, named, of: bundle)
        try Self.requireSame(release, revision)
        try contents.check(revision, repository)
    }

    private func isReached(
        _ commit: ObjectID, from head: ObjectID?, _ repository: borrowing Repository
    ) throws(SheafError) -> Bool {
        guard let head, repository.contains(commit, refreshing: false) else { return false }
        return try mapping("the bundle's history") { () throws(GitError) in
            guard try repository.objectHeader(commit).kind == .commit else { return false }
            return try repository.isDescendant(head, of: commit)
        }
    }

    private static func requireSame(
        _ release: Release, _ revision: Revision
    ) throws(SheafError) {
        let different = [
            ("tree", release.tree == revision.tree),
            ("Bundle- trailers", release.provenance.revision == revision.provenance),
            ("author", release.publisher == revision.publisher),
            ("author time", release.createdAt == revision.createdAt),
        ].filter { !$0.1 }.map(\.0)
        guard different.isEmpty else {
            throw SheafError(
                .provenanceInvalid,
                "it is not what revision \(revision.number) is: other \(different.joined(separator: ", "))",
                details: ["revision": revision.commit.hex],
                hint: "'sheaf channel release' repeats the revision as it is")
        }
    }
}
