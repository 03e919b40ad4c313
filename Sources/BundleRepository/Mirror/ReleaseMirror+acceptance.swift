package import BundleModel
internal import LibGit2

extension ReleaseMirror {
    /// A fetched release after all checks.
    package struct Checked: Sendable {
        /// The release.
        package let release: Release
        /// Its documents.
        package let documents: BundleDocuments
        /// The number of files.
        package let files: Int
    }

    /// Checks a fetched release: trailers, ids, contents, digest, and its place on the channel.
    ///
    /// - Parameters:
    ///   - commit: the tip that was fetched.
    ///   - channel: the channel it was fetched for.
    ///   - highest: the highest sequence number that was ever accepted on the channel.
    /// - Throws: `release_replayed`, `release_conflict`, `history_rewritten`, and everything that
    ///   ``ContentsVerifier`` throws.
    package func check(
        _ commit: CommitID, on channel: ChannelID, highest: Int
    ) throws(SheafError) -> Checked {
        let current = try accepted(channel)
        return try read { (repository) throws(SheafError) in
            let release = try reader.release(repository, commit, of: bundle, on: channel)
            let subject = "release \(release.sequence) of '\(bundle)@\(channel)'"
            guard release.provenance.revision.workspace == workspace else {
                throw SheafError(
                    .workspaceMismatch,
                    "\(subject) is of workspace '\(release.provenance.revision.workspace)'",
                    details: [
                        "expected": workspace.rawValue,
                        "actual": release.provenance.revision.workspace.rawValue,
                    ])
            }
            try Self.requireProgress(release, after: current, highest: highest, subject)
            try requireDescent(repository, of: release, from: current, subject)
            let verified = try verify(repository, release, subject)
            return Checked(
                release: release, documents: verified.documents, files: verified.files)
        }
    }

    private static func requireProgress(
        _ release: Release, after current: Release?, highest: Int, _ subject: String
    ) throws(SheafError) {
        let details = ["accepted": String(highest), "offered": String(release.sequence)]
        if release.sequence < highest {
            throw SheafError(
                .releaseReplayed, "\(subject) is older than release \(highest), which was accepted",
                details: details,
                hint: "'sheaf runtime forget' is the way out after a restore from a backup")
        }
        if release.sequence == highest, let current, current.commit != release.commit {
            throw SheafError(
                .releaseConflict,
                "\(subject) is another commit than the release \(highest) that was accepted",
                details: details)
        }
    }

    private func requireDescent(
        _ repository: borrowing Repository, of release: Release, from current: Release?,
        _ subject: String
    ) throws(SheafError) {
        guard let current, current.commit != release.commit else { return }
        let head = try release.commit.objectID()
        let ancestor = try current.commit.objectID()
        let descends = try mapping(subject) { () throws(GitError) in
            try repository.isDescendant(head, of: ancestor)
        }
        if !descends {
            throw SheafError(
                .historyRewritten,
                "\(subject) does not follow release \(current.sequence), which is in service",
                details: ["accepted": current.commit.hex, "offered": release.commit.hex])
        }
        // Numbers between the two go up one by one, or the chain was forged.
        var newer = release
        while newer.commit != current.commit {
            guard let parent = newer.parent else { break }
            let older = try reader.release(repository, parent, of: bundle, on: release.channel)
            guard older.sequence == newer.sequence - 1 else {
                throw SheafError(
                    .historyRewritten,
                    "release \(newer.sequence) of '\(bundle)@\(release.channel)' follows release "
                        + "\(older.sequence)")
            }
            newer = older
        }
    }

    func verify(
        _ repository: borrowing Repository, _ release: Release, _ subject: String
    ) throws(SheafError) -> ContentsVerifier.Verified {
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "\(subject) has no tree")
        }
        let verifier = ContentsVerifier(limits: limits, documents: documents, digests: digests)
        return try verifier.verify(
            repository, tree: tree, claims: release.provenance.revision, subject: subject)
    }

    /// Puts a checked release in service: the one step that changes what workers are created from.
    ///
    /// Throws `conflict` when another release came into service meanwhile.
    package func accept(_ checked: Checked) throws(SheafError) {
        let release = checked.release
        let current = try accepted(release.channel)
        let target = try release.commit.objectID()
        let expected = try current.map { (release) throws(SheafError) in
            try release.commit.objectID()
        }
        let incoming = BundleRefName.incoming(release.channel)
        try read("the accepted release") { (repository) throws(GitError) in
            if expected != target {
                try repository.compareAndSwapReference(
                    BundleRefName.accepted(release.channel), to: target, expecting: expected,
                    logMessage: nil)
            }
            if let fetched = try repository.reference(incoming) {
                try repository.deleteReference(incoming, expecting: fetched)
            }
        }
    }
}
