internal import BundleModel
internal import LibGit2

/// Finds the commit that a reference names.
struct ReferenceResolver {
    let reader: CommitReader

    /// Throws `not_found` when nothing is named so, and what reading a commit throws.
    func resolve(
        _ reference: BundleReference, _ repository: borrowing Repository
    ) throws(SheafError) -> ResolvedCommit {
        let branch = RevisionBranch(bundle: reference.bundle, reader: reader)
        switch reference.selector {
        case .newest:
            return .revision(try branch.newest(repository))
        case .revision(let number):
            let newest = try branch.newest(repository)
            guard number <= newest.number,
                let found = try branch.first(repository, where: { $0.number == number })
            else {
                throw SheafError(
                    .notFound, "'\(reference.bundle)' has no revision \(number)",
                    hint: "the newest is \(newest.number)")
            }
            return .revision(found)
        case .digest(let digest):
            guard let found = try branch.first(repository, where: { $0.digest == digest }) else {
                throw SheafError(
                    .notFound, "no revision of '\(reference.bundle)' has the digest \(digest.short)"
                )
            }
            return .revision(found)
        case .channel(let channel):
            let releases = ChannelBranch(
                bundle: reference.bundle, channel: channel, reader: reader)
            guard let release = try releases.newest(repository) else {
                throw SheafError(
                    .notFound, "'\(reference.bundle)' has no channel '\(channel)'",
                    hint: "'sheaf channel list \(reference.bundle)' shows its channels")
            }
            return .release(release)
        case .commit(let commit):
            return try resolve(commit, of: reference.bundle, repository)
        }
    }

    /// A commit counts when the bundle's branch or one of its channels reaches it.
    private func resolve(
        _ commit: CommitID, of bundle: BundleID, _ repository: borrowing Repository
    ) throws(SheafError) -> ResolvedCommit {
        let missing = SheafError(.notFound, "commit \(commit.short) is not one of '\(bundle)'")
        let object = try commit.objectID()
        guard repository.contains(object) else { throw missing }
        let parts = try reader.parts(repository, commit)
        let isRelease = parts.message.trailers.contains {
            $0.key == TrailerName.channel.rawValue
        }
        if isRelease {
            let release = try reader.release(repository, commit, of: bundle, on: nil)
            let name = BundleRefName.releases(bundle, release.channel)
            guard try isReached(object, from: name, repository) else { throw missing }
            return .release(release)
        }
        guard try isReached(object, from: BundleRefName.revisions(bundle), repository) else {
            throw missing
        }
        return .revision(try reader.revision(repository, commit, of: bundle))
    }

    private func isReached(
        _ commit: ObjectID, from reference: String, _ repository: borrowing Repository
    ) throws(SheafError) -> Bool {
        try mapping("history") { () throws(GitError) in
            guard let head = try repository.reference(reference) else { return false }
            return try repository.isDescendant(head, of: commit)
        }
    }
}
