public import BundleModel
internal import BundleRepository
internal import Logging

/// Told how many objects and bytes a sync has received so far.
public typealias SyncObserver = @Sendable (_ objects: Int, _ bytes: Int) -> Void

extension WorkerRuntime {
    /// Brings a channel up to date: fetch, check, put in service.
    ///
    /// Whatever fails, the release that is in service stays there, and the failure is recorded
    /// with its code. Cancelling the task stops a transfer within about a second. Workers can be
    /// created while a transfer runs.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - channel: the channel that is fetched.
    ///   - workspace: the workspace; nil where only one of this host serves the bundle.
    ///   - deadline: how long the transfer may take, with the wait for another one of the bundle.
    ///   - observer: told how far the transfer is, at most ten times a second, and at its end what
    ///     came in all. The transfer waits for it, so it must not block.
    /// - Throws: `host_policy_denied` when this host may not have the bundle, `not_found`,
    ///   `remote_unavailable`, `remote_unauthorized`, `deadline_exceeded`, `cancelled`, `release_replayed`,
    ///   `release_conflict`, `history_rewritten`, and everything that is wrong with a release:
    ///   `provenance_invalid`, `workspace_mismatch`, `digest_mismatch`, the codes of findings.
    @discardableResult
    public func sync(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil,
        deadline: Duration = .seconds(300), observer: SyncObserver? = nil
    ) async throws(SheafError) -> SyncResult {
        try requireOwner()
        let end = ContinuousClock.now + deadline
        var attempt = SyncAttempt(
            workspace: workspace, bundle: bundle, channel: channel, startedAt: now())
        var asked: ReleaseMirror?
        do throws(SheafError) {
            let policy = try policy()
            let rule = try Self.rule(policy, workspace, bundle)
            attempt.workspace = rule.workspace
            attempt.isServed = true
            let remote = try await RemoteAccess.remote(for: bundle, rule, before: end)
            if !ReleaseMirror.exists(at: layout.mirror(rule.workspace, bundle)) {
                // Asked before anything is made, so that a wrong name leaves nothing behind.
                try await TransferQueue().look(
                    for: channel, of: bundle, at: remote,
                    deadline: end - ContinuousClock.now)
            }
            let result = try await take(
                channel, from: remote, rule.workspace, policy, &attempt, &asked, end, observer)
            if let asked { await keepSmall(asked) }
            return result
        } catch {
            record(error, of: attempt)
            if let asked { await keepSmall(asked) }
            throw error
        }
    }

    /// Fetches a channel and decides about it, in one turn: what a transfer brought is held by
    /// nothing that a collection beside it would see the whole time.
    private func take(
        _ channel: ChannelID, from remote: RemoteRepository, _ workspace: WorkspaceID,
        _ policy: HostPolicy, _ attempt: inout SyncAttempt, _ asked: inout ReleaseMirror?,
        _ end: ContinuousClock.Instant, _ observer: SyncObserver?
    ) async throws(SheafError) -> SyncResult {
        let queue = transfers(of: attempt.bundle, in: workspace)
        try await queue.begin(before: end)
        defer { queue.end() }
        // Only whoever has the turn makes a mirror, or takes away one of which nothing came.
        let mirror = try mirror(workspace, attempt.bundle, creating: true)
        asked = mirror
        let transfer = try await queue.fetch(
            channel, from: remote, into: mirror, before: end, observer: observer)
        note(transfer, in: mirror, &attempt)
        return try accept(transfer, into: mirror, policy, attempt)
    }

    /// Takes down what a transfer brought, as far as it can be read before it is checked.
    func note(
        _ transfer: ReleaseMirror.Transfer, in mirror: ReleaseMirror, _ attempt: inout SyncAttempt
    ) {
        let claims = mirror.claims(of: transfer.commit)
        attempt.offered = transfer.commit
        attempt.sequence = claims?.sequence
        attempt.digest = claims?.digest
    }

    func transfers(of mirror: ReleaseMirror) -> TransferQueue {
        transfers(of: mirror.bundle, in: mirror.workspace)
    }

    func transfers(of bundle: BundleID, in workspace: WorkspaceID) -> TransferQueue {
        let path = layout.mirror(workspace, bundle)
        if let known = transfers[path] { return known }
        let queue = TransferQueue()
        transfers[path] = queue
        return queue
    }

    static func rule(
        _ policy: HostPolicy, _ workspace: WorkspaceID?, _ bundle: BundleID
    ) throws(SheafError) -> WorkspaceRule {
        let serving = if let workspace { workspace } else { try policy.workspace(serving: bundle) }
        let rule = try policy.rule(for: serving)
        try rule.requireServed(bundle)
        return rule
    }

    /// From here on nothing is awaited: check, put in service, record. The release is in service
    /// from the moment on that the mirror's reference says so; nothing after it can fail the sync.
    func accept(
        _ transfer: ReleaseMirror.Transfer, into mirror: ReleaseMirror, _ policy: HostPolicy,
        _ attempt: SyncAttempt
    ) throws(SheafError) -> SyncResult {
        defer { if transfer.objects > 0 { mirror.closeHandles() } }
        do throws(SheafError) {
            let record = try channelRecord(mirror.workspace, attempt.bundle, attempt.channel)
            let previous = try mirror.accepted(attempt.channel)
            let checked = try mirror.check(
                transfer.commit, on: attempt.channel, knowing: record?.memory,
                isVerified: isVerifiedByTodaysRules)
            let profiles = decisions(
                on: checked.documents, mirror.workspace, mirror.bundle, policy)
            try recordVerified(checked.release.pin)
            try mirror.accept(checked)
            let isRecorded = recorded(checked.release, previous, record, profiles, attempt)
            // A mirror that is new has just got what live workers may be using.
            if previous == nil { try? reconcilePins(of: mirror) }
            let outcome = Self.outcome(checked.release, after: previous)
            logger.info(
                "a release is in service",
                metadata: [
                    "outcome": "\(outcome.rawValue)", "pin": "\(checked.release.pin)",
                    "channel": "\(attempt.channel)", "sequence": "\(checked.release.sequence)",
                ])
            return SyncResult(
                outcome: outcome, release: checked.release, previous: previous,
                objects: transfer.objects, bytes: transfer.bytes, profiles: profiles,
                isRecorded: isRecorded)
        } catch {
            mirror.forget(transfer, of: attempt.channel)
            throw error
        }
    }

    /// Records a success. The release is in service whether or not that works, so a failure is none
    /// of the sync's: the next owner of the store makes up for it.
    private func recorded(
        _ release: Release, _ previous: Release?, _ record: ChannelRecord?,
        _ profiles: [ProfilePreflight], _ attempt: SyncAttempt
    ) -> Bool {
        do throws(SheafError) {
            try recordSuccess(release, previous, record, profiles, attempt)
            return true
        } catch {
            logger.error(
                "a release is in service and could not be recorded",
                metadata: ["code": "\(error.code.rawValue)", "pin": "\(release.pin)"])
            return false
        }
    }

    private static func outcome(
        _ release: Release, after previous: Release?
    ) -> SyncResult.Outcome {
        guard let previous else { return .accepted }
        if previous.commit == release.commit { return .unchanged }
        return previous.pin.digest == release.pin.digest ? .moved : .updated
    }
}
