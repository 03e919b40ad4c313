public import BundleModel
internal import BundleRepository
internal import GRDB

extension WorkerRuntime {
    /// Brings a channel up to date: fetch, check, put in service.
    ///
    /// Whatever fails, the release that is in service stays there, and the failure is recorded
    /// with its code. Cancelling the task stops a transfer within about a second.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - channel: the channel that is fetched.
    ///   - workspace: the workspace; nil where only one of this host serves the bundle.
    ///   - deadline: how long the transfer may take.
    /// - Throws: `host_policy_denied` when this host may not have the bundle, `not_found`,
    ///   `remote_unavailable`, `deadline_exceeded`, `cancelled`, `release_replayed`,
    ///   `release_conflict`, `history_rewritten`, and everything that is wrong with a release:
    ///   `provenance_invalid`, `workspace_mismatch`, `digest_mismatch`, the codes of findings.
    @discardableResult
    public func sync(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil,
        deadline: Duration = .seconds(300)
    ) throws(SheafError) -> SyncResult {
        try requireOwner()
        let policy = try policy()
        let serving = if let workspace { workspace } else { try policy.workspace(serving: bundle) }
        let rule = try policy.rule(for: serving)
        guard rule.serves(bundle) else {
            throw SheafError(
                .hostPolicyDenied,
                "this host does not take bundle '\(bundle)' of workspace '\(rule.workspace)'",
                hint: "its owner can add it to 'bundles' in the host policy")
        }
        let location = try Self.location(rule)
        let mirror = try mirror(rule.workspace, bundle, creating: true)
        try mirror.removeLeftovers()
        var record = try channelRecord(rule.workspace, bundle, channel)
        record.attemptedAt = now()
        do {
            let transfer = try mirror.fetch(
                channel, from: location, limits: .init(deadline: deadline),
                isCancelled: { Task.isCancelled })
            record.offeredCommit = transfer.commit.hex
            let previous = try mirror.accepted(channel)
            let checked = try mirror.check(
                transfer.commit, on: channel, highest: record.highestSequence)
            let profiles = preflight(checked.documents, rule.workspace, bundle, policy)
            try mirror.accept(checked)
            try accepted(checked.release, previous, &record)
            return SyncResult(
                outcome: Self.outcome(checked.release, after: previous),
                release: checked.release, previous: previous, objects: transfer.objects,
                bytes: transfer.bytes, profiles: profiles)
        } catch {
            record.failureCode = error.code.rawValue
            record.failureMessage = error.message
            let failed = record
            try? database.write { try failed.upsert($0) }
            try? mirror.removeLeftovers()
            throw error
        }
    }

    private static func location(_ rule: WorkspaceRule) throws(SheafError) -> String {
        guard rule.repository.hasPrefix("/") else {
            throw SheafError(
                .remoteUnavailable,
                "this version pulls from a repository on this machine only",
                hint: "name an absolute path under 'repository' in the host policy")
        }
        return rule.repository
    }

    private static func outcome(
        _ release: Release, after previous: Release?
    ) -> SyncResult.Outcome {
        guard let previous else { return .accepted }
        if previous.commit == release.commit { return .unchanged }
        return previous.pin.digest == release.pin.digest ? .moved : .updated
    }

    private func channelRecord(
        _ workspace: WorkspaceID, _ bundle: BundleID, _ channel: ChannelID
    ) throws(SheafError) -> ChannelRecord {
        let key = [
            "workspace": workspace.rawValue, "bundle": bundle.rawValue,
            "channel": channel.rawValue,
        ]
        if let record = try database.read({ try ChannelRecord.fetchOne($0, key: key) }) {
            return record
        }
        // The database may have been lost while the release in service was not.
        let accepted = try mirror(workspace, bundle, creating: true).accepted(channel)
        return ChannelRecord(
            workspace: workspace.rawValue, bundle: bundle.rawValue, channel: channel.rawValue,
            highestSequence: accepted?.sequence ?? 0)
    }

    private func accepted(
        _ release: Release, _ previous: Release?, _ record: inout ChannelRecord
    ) throws(SheafError) {
        let moment = now()
        record.highestSequence = max(record.highestSequence, release.sequence)
        if previous?.commit != release.commit || record.acceptedAt == nil {
            record.acceptedAt = moment
        }
        record.acceptedCommit = release.commit.hex
        record.acceptedDigest = release.pin.digest.description
        record.acceptedRevision = release.provenance.revision.revision
        record.contactedAt = moment
        record.failureCode = nil
        record.failureMessage = nil
        let row = record
        try database.write { try row.upsert($0) }
    }

    /// What the host policy would say to each profile.
    private func preflight(
        _ documents: BundleDocuments, _ workspace: WorkspaceID, _ bundle: BundleID,
        _ policy: HostPolicy
    ) -> [ProfilePreflight] {
        let resolver = ProfileResolver(documents: documents, builtins: BuiltinProfiles.all)
        return documents.profiles.keys.sorted().map { name in
            do throws(SheafError) {
                let profile = try resolver.resolve(.named(name))
                let decision = policy.decide(
                    profile,
                    for: GrantSubject(workspace: workspace, bundle: bundle, profile: name))
                return ProfilePreflight(
                    profile: name, denied: decision.denied, dropped: decision.dropped,
                    failure: nil)
            } catch {
                return ProfilePreflight(profile: name, denied: [], dropped: [], failure: error)
            }
        }
    }
}
