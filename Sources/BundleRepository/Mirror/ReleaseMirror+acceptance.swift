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
        /// What was in service when it was checked; what it may replace.
        let replaces: CommitID?
    }

    /// Checks a fetched release: trailers, ids, contents, digest, and its place on the channel.
    ///
    /// - Parameters:
    ///   - commit: the tip that was fetched.
    ///   - channel: the channel it was fetched for.
    ///   - memory: what the runtime remembers of the channel beside this mirror.
    ///   - isVerified: whether a release was verified by today's rules on this host; what has not
    ///     changed since the one in service is then not scanned again.
    /// - Throws: `release_replayed`, `release_conflict`, `history_rewritten`, and everything that
    ///   ``ContentsVerifier`` throws.
    package func check(
        _ commit: CommitID, on channel: ChannelID, knowing memory: ChannelMemory?,
        isVerified: (ConfigBundleRef) throws(SheafError) -> Bool = { _ in false }
    ) throws(SheafError) -> Checked {
        let current = try accepted(channel)
        let latest = Self.latest(current, memory)
        // What this process has parsed itself it has scanned.
        if documents.isEmpty, let current, try isVerified(current.pin) { takeScanned(current) }
        defer { documents.takeScanned([:]) }
        return try read { (repository) throws(SheafError) in
            let release = try tip(repository, commit, channel)
            let subject = "release \(release.sequence) of '\(bundle)@\(channel)'"
            try requireWorkspace(of: release, subject)
            try Self.requireProgress(release, after: latest, subject)
            try requireChain(repository, of: release, from: latest?.commit, subject)
            let verified = try verify(repository, release, subject)
            return Checked(
                release: release, documents: verified.documents, files: verified.files,
                replaces: current?.commit)
        }
    }

    /// Takes the files of a release for being scanned; without them more is scanned, no less.
    private func takeScanned(_ release: Release) {
        guard let tree = ObjectID(hex: release.tree) else { return }
        let listing = try? read { (repository) throws(SheafError) in
            try TreeListing(repository, tree: tree, limits: .standard)
        }
        documents.takeScanned(listing?.blobsByBundlePath ?? [:])
    }

    /// The release that was fetched; a server can put a channel on anything.
    private func tip(
        _ repository: borrowing Repository, _ commit: CommitID, _ channel: ChannelID
    ) throws(SheafError) -> Release {
        do throws(SheafError) {
            return try reader.release(repository, commit, of: bundle, on: channel)
        } catch  where error.code == .notFound {
            throw SheafError(
                .provenanceInvalid, "'\(bundle)@\(channel)' is on something that is no commit",
                details: ["object": commit.hex])
        }
    }

    /// The newest release that ever was in service: of the mirror or, when that lost it, of the
    /// runtime's memory.
    private static func latest(
        _ accepted: Release?, _ memory: ChannelMemory?
    ) -> (sequence: Int, commit: CommitID?)? {
        if let accepted, accepted.sequence >= memory?.highestSequence ?? 0 {
            return (accepted.sequence, accepted.commit)
        }
        guard let memory, memory.highestSequence > 0 else { return nil }
        return (memory.highestSequence, memory.commit)
    }

    private func requireWorkspace(of release: Release, _ subject: String) throws(SheafError) {
        let actual = release.provenance.revision.workspace
        if actual == workspace { return }
        throw SheafError(
            .workspaceMismatch, "\(subject) is of workspace '\(actual)'",
            details: ["expected": workspace.rawValue, "actual": actual.rawValue])
    }

    private static func requireProgress(
        _ release: Release, after latest: (sequence: Int, commit: CommitID?)?, _ subject: String
    ) throws(SheafError) {
        guard let latest else { return }
        let details = ["accepted": String(latest.sequence), "offered": String(release.sequence)]
        if release.sequence < latest.sequence {
            throw SheafError(
                .releaseReplayed,
                "\(subject) is older than release \(latest.sequence), which was accepted",
                details: details,
                hint: "'sheaf runtime forget' is the way out after a restore from a backup")
        }
        if release.sequence == latest.sequence, let commit = latest.commit,
            commit != release.commit
        {
            throw SheafError(
                .releaseConflict,
                "\(subject) is another commit than the release \(latest.sequence) that was accepted",
                details: details)
        }
    }

    /// Follows the parents to the newest release that was in service, or to the first release of
    /// all: numbers go down one by one, or history was rewritten.
    private func requireChain(
        _ repository: borrowing Repository, of release: Release, from base: CommitID?,
        _ subject: String
    ) throws(SheafError) {
        var newer = release
        while newer.commit != base {
            guard let parent = newer.parent else {
                guard let base else { return }
                throw SheafError(
                    .historyRewritten,
                    "\(subject) does not follow the release that is in service",
                    details: ["accepted": base.hex, "offered": release.commit.hex])
            }
            let older = try reader.release(repository, parent, of: bundle, on: release.channel)
            guard older.sequence == newer.sequence - 1 else {
                throw SheafError(
                    .historyRewritten,
                    "release \(newer.sequence) of '\(bundle)@\(release.channel)' follows release "
                        + "\(older.sequence)",
                    details: ["commit": newer.commit.hex])
            }
            try requireWorkspace(of: older, "release \(older.sequence), before \(subject),")
            newer = older
        }
    }

    func verify(
        _ repository: borrowing Repository, _ release: Release, _ subject: String
    ) throws(SheafError) -> ContentsVerifier.Verified {
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "\(subject) has no tree")
        }
        let verifier = ContentsVerifier(
            limits: limits, documents: documents, digests: digests, listed: listed)
        return try verifier.verify(
            repository, tree: tree, claims: release.provenance.revision,
            commit: release.commit, subject: subject)
    }

    /// Puts a checked release in service: the one step that changes what workers are created from.
    ///
    /// Throws `conflict` when another release came into service since it was checked.
    package func accept(_ checked: Checked) throws(SheafError) {
        let release = checked.release
        let target = try release.commit.objectID()
        let expected = try checked.replaces.map { (id) throws(SheafError) in try id.objectID() }
        let name = BundleRefName.accepted(release.channel)
        try read("the accepted release") { (repository) throws(GitError) in
            if try repository.reference(name) == target { return }
            try repository.compareAndSwapReference(
                name, to: target, expecting: expected, logMessage: nil)
        }
        forget(release.commit, of: release.channel)
    }

    /// Removes the ref that an import was taken into, if it was one; the next transfer makes up for
    /// a failure.
    package func forget(_ transfer: Transfer, of channel: ChannelID) {
        forget(transfer.commit, of: channel)
    }

    private func forget(_ commit: CommitID, of channel: ChannelID) {
        let incoming = BundleRefName.incoming(channel)
        try? read("a fetched release") { (repository) throws(GitError) in
            guard let fetched = try repository.reference(incoming), fetched.hex == commit.hex else {
                return
            }
            try repository.deleteReference(incoming, expecting: fetched)
        }
    }
}
