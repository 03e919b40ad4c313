public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Puts a revision on a channel.
    ///
    /// - Parameters:
    ///   - reference: the revision, in any form of a reference.
    ///   - channel: the channel; a new one begins with this release.
    ///   - reason: why, in one line.
    ///   - directory: where Git's identity is looked up.
    ///   - expectation: what the channel must be at.
    /// - Throws: `not_found`, `conflict` when the channel moved or has this revision already,
    ///   `invalid_request` for the reason or the identity.
    public func release(
        _ reference: BundleReference, to channel: ChannelID, reason: String,
        identityFrom directory: String = ".", expectation: PublishRequest.Expectation = .any
    ) async throws(SheafError) -> Release {
        let identity = try await Identity.current(in: directory, git: git)
        let revision = try self.revision(reference)
        let head = try channelBranch(reference.bundle, channel).newest(repository)
        if let head, head.provenance.revisionCommit == revision.commit {
            throw SheafError(
                .conflict,
                "'\(reference.bundle)@\(channel)' has revision \(revision.number) already, "
                    + "as release \(head.sequence)")
        }
        try requireSound(revision)
        return try await delivering([BundleRefName.releases(reference.bundle, channel)]) {
            () throws(SheafError) in
            try release(revision, channel, head, reason, identity, expectation)
        }
    }

    /// Puts an earlier revision back on a channel, as a new release with the next number.
    ///
    /// - Throws: as for a release, and `not_found` when the channel has no release yet or the
    ///   revision never was on it.
    public func rollback(
        _ bundle: BundleID, _ channel: ChannelID, to reference: BundleReference, reason: String,
        identityFrom directory: String = ".", expectation: PublishRequest.Expectation = .any
    ) async throws(SheafError) -> Release {
        guard reference.bundle == bundle else {
            throw SheafError(
                .invalidRequest, "'\(reference)' is not a revision of '\(bundle)'",
                hint: "name a revision of the same bundle")
        }
        let identity = try await Identity.current(in: directory, git: git)
        let branch = channelBranch(bundle, channel)
        guard let head = try branch.newest(repository) else {
            throw SheafError(.notFound, "'\(bundle)' has no channel '\(channel)'")
        }
        let revision = try self.revision(reference)
        guard revision.number < head.provenance.revision.revision else {
            throw SheafError(
                .invalidRequest,
                "'\(bundle)@\(channel)' is at revision \(head.provenance.revision.revision); "
                    + "rolling back to \(revision.number) would not go back",
                hint: "'sheaf channel release' puts a newer revision on a channel")
        }
        var wasReleased = false
        try branch.walk(repository) { (release) throws(SheafError) in
            wasReleased = release.provenance.revisionCommit == revision.commit
            return !wasReleased
        }
        guard wasReleased else {
            throw SheafError(
                .notFound, "revision \(revision.number) never was on '\(bundle)@\(channel)'",
                hint: "'sheaf channel log' shows what was")
        }
        try requireSound(revision)
        return try await delivering([BundleRefName.releases(reference.bundle, channel)]) {
            () throws(SheafError) in
            try release(revision, channel, head, reason, identity, expectation)
        }
    }

    /// The newest release of every channel of a bundle, by the channel's name.
    public func channels(of bundle: BundleID) throws(SheafError) -> [Release] {
        let prefix = "\(BundleRefName.releasePrefix)\(bundle)/"
        let references = try mapping("the channels") { () throws(GitError) in
            try repository.references(withPrefix: prefix)
        }
        var releases: [Release] = []
        for reference in references {
            guard let channel = try? ChannelID(String(reference.name.dropFirst(prefix.count)))
            else { continue }
            if let release = try channelBranch(bundle, channel).newest(repository) {
                releases.append(release)
            }
        }
        if releases.isEmpty, try branch(bundle).head(repository) == nil {
            throw SheafError(.notFound, "there is no bundle '\(bundle)' in this repository")
        }
        return releases
    }

    /// The releases of a channel, newest first; throws `not_found` when there is none.
    public func releases(
        of bundle: BundleID, on channel: ChannelID, limit: Int = .max
    ) throws(SheafError) -> [Release] {
        var releases: [Release] = []
        guard limit > 0 else { return [] }
        try channelBranch(bundle, channel).walk(repository) { (release) throws(SheafError) in
            releases.append(release)
            return releases.count < limit
        }
        if releases.isEmpty {
            throw SheafError(.notFound, "'\(bundle)' has no channel '\(channel)'")
        }
        return releases
    }

    // MARK: Steps

    /// Plain Git can have written the revision: what is released is checked first.
    private func requireSound(_ revision: Revision) throws(SheafError) {
        guard let tree = ObjectID(hex: revision.tree) else {
            throw SheafError(.storeCorrupt, "revision \(revision.number) has no tree")
        }
        let verifier = ContentsVerifier(limits: limits, documents: documents, digests: digests)
        _ = try verifier.verify(
            repository, tree: tree, claims: revision.provenance, commit: revision.commit,
            subject: "revision \(revision.number) of '\(revision.provenance.bundle)'")
    }

    private func revision(_ reference: BundleReference) throws(SheafError) -> Revision {
        switch try resolve(reference) {
        case .revision(let revision): revision
        case .release(let release):
            try reader.revision(
                repository, release.provenance.revisionCommit, of: reference.bundle)
        }
    }

    private func release(
        _ revision: Revision, _ channel: ChannelID, _ head: Release?, _ reason: String,
        _ identity: Identity, _ expectation: PublishRequest.Expectation
    ) throws(SheafError) -> Release {
        let name = "\(revision.provenance.bundle)@\(channel)"
        switch expectation {
        case .any: break
        case .absent:
            if let head { throw Self.moved(name, expected: nil, actual: head.commit) }
        case .commit(let commit):
            if head?.commit != commit {
                throw Self.moved(name, expected: commit, actual: head?.commit)
            }
        }
        let lock = try writerLock(revision.provenance.bundle, channel)
        defer { withExtendedLifetime(lock) {} }
        let (plan, commit) = try plan(revision, channel, after: head, reason, identity)
        try writeAlone(commit)
        try put(plan, name)
        return plan.release
    }

    /// Plans the release that goes with a publish, unless the channel has as new a revision.
    func planRelease(
        of revision: Revision, on channel: ChannelID, _ reason: String?, _ identity: Identity,
        adding objects: inout PublishedObjects
    ) throws(SheafError) -> ReleasePlan? {
        let head = try channelBranch(revision.provenance.bundle, channel).newest(repository)
        if let head, head.provenance.revision.revision >= revision.number { return nil }
        let (plan, commit) = try plan(
            revision, channel, after: head, reason ?? Self.reason(revision), identity)
        _ = objects.add(commit)
        return plan
    }

    /// Puts a planned release on its channel; when the channel moved meanwhile the release is made
    /// anew, unless the channel now has as new a revision.
    func finish(
        _ planned: ReleasePlan, _ revision: Revision, _ request: PublishRequest,
        _ identity: Identity
    ) throws(SheafError) -> Release? {
        var plan = planned
        let name = "\(revision.provenance.bundle)@\(plan.release.channel)"
        for _ in 0..<8 {
            do {
                try put(plan, name)
                return plan.release
            } catch  where error.code == .conflict {
                let head = try channelBranch(revision.provenance.bundle, plan.release.channel)
                    .newest(repository)
                if let head, head.provenance.revision.revision >= revision.number { return nil }
                let (next, commit) = try self.plan(
                    revision, plan.release.channel, after: head,
                    request.reason ?? Self.reason(revision), identity)
                try writeAlone(commit)
                plan = next
            }
        }
        throw SheafError(
            .conflict,
            "revision \(revision.number) is published; '\(name)' kept moving and has not got it",
            hint: "'sheaf channel release' puts it there")
    }

    /// Makes up for a release that a crash left out: the newest revision goes to the channel when
    /// it never was on it.
    func makeUp(
        _ revision: Revision, _ request: PublishRequest, _ identity: Identity
    ) throws(SheafError) -> Release? {
        guard let channel = request.channel else { return nil }
        let branch = channelBranch(revision.provenance.bundle, channel)
        var wasReleased = false
        try branch.walk(repository) { (release) throws(SheafError) in
            wasReleased = release.provenance.revision.revision >= revision.number
            return !wasReleased
        }
        if wasReleased { return nil }
        let (plan, commit) = try plan(
            revision, channel, after: try branch.newest(repository),
            request.reason ?? Self.reason(revision), identity)
        try writeAlone(commit)
        return try finish(plan, revision, request, identity)
    }

    private static func reason(_ revision: Revision) -> String {
        "published as revision \(revision.number)"
    }

    private func plan(
        _ revision: Revision, _ channel: ChannelID, after head: Release?, _ reason: String,
        _ identity: Identity
    ) throws(SheafError) -> (ReleasePlan, RawCommit) {
        let bundle = revision.provenance.bundle
        if let head { try requireContinuable(head, by: revision) }
        let provenance = try ReleaseProvenance(
            revision: revision.provenance, channel: channel, sequence: (head?.sequence ?? 0) + 1,
            revisionCommit: revision.commit, reason: reason)
        let message = try CommitMessage(
            text: "Release revision \(revision.number) of \(bundle) to \(channel)",
            adding: provenance.trailers, limits: limits)
        guard let tree = ObjectID(hex: revision.tree) else {
            throw SheafError(.storeCorrupt, "revision \(revision.number) has no tree")
        }
        let author = Signature(
            name: revision.publisher.name, email: revision.publisher.email,
            seconds: revision.createdAt.seconds, offsetMinutes: revision.createdAt.offsetMinutes)
        let commit = RawCommit(
            tree: tree, parents: try Self.parents(head?.commit),
            author: author, committer: identity.signature, message: Array(message.text.utf8))
        try CommitText.require(commit)
        let release = Release(
            commit: try CommitID(ObjectID.hash(.commit, commit.encode())), provenance: provenance,
            parent: head?.commit, publisher: revision.publisher, createdAt: revision.createdAt,
            releaser: Person(identity.signature), releasedAt: CommitTime(identity.signature),
            message: message, tree: revision.tree)
        return (ReleasePlan(release: release, expected: head?.commit), commit)
    }

    /// A newest release that another may follow: of the same workspace, and behind its own parent.
    private func requireContinuable(
        _ head: Release, by revision: Revision
    ) throws(SheafError) {
        let actual = head.provenance.revision.workspace
        let expected = revision.provenance.workspace
        guard actual == expected else {
            throw SheafError(
                .workspaceMismatch,
                "release \(head.sequence) of '\(head.pin.bundle)@\(head.channel)' is of workspace "
                    + "'\(actual)'",
                details: ["expected": expected.rawValue, "actual": actual.rawValue])
        }
        var steps = 0
        try channelBranch(head.pin.bundle, head.channel).walk(repository, from: head) { _ in
            steps += 1
            return steps < 2
        }
    }

    private func put(_ plan: ReleasePlan, _ name: String) throws(SheafError) {
        let bundle = plan.release.provenance.revision.bundle
        try swap(
            BundleRefName.releases(bundle, plan.release.channel), to: plan.release.commit,
            from: plan.expected, name)
    }

    private func writeAlone(_ commit: RawCommit) throws(SheafError) {
        do {
            try repository.writePack(objectCount: 1) { writer in
                _ = try writer.add(.commit, commit.encode())
            }
        } catch let error as GitError {
            throw SheafError(error, "the release")
        } catch {
            throw SheafError(.ioError, "the release cannot be written")
        }
    }
}
