public import BundleModel
internal import BundleRepository
internal import Logging

extension WorkerRuntime {
    /// Writes the releases of a channel that is in service here into a Git bundle file, for a host
    /// without a network.
    ///
    /// The file is of version 2: `git bundle verify`, `git clone` and `git fetch` read it. It
    /// appears whole or not at all. Works beside the process that owns the store.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - channel: the channel.
    ///   - workspace: the workspace; nil where only one of this host has the channel.
    ///   - base: the release that whoever imports the file has already; nil for the whole channel.
    ///   - path: where the file goes.
    ///   - replacing: whether it may take the place of a file that is there.
    /// - Throws: `bundle_missing` when nothing is in service, `not_found` when the base is none of
    ///   the channel's earlier releases, `invalid_request` when it is the one in service,
    ///   `conflict` when there is such a file, `io_error`, `store_corrupt`.
    public func export(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil,
        since base: ExportBase? = nil, to path: String, replacing: Bool = false
    ) async throws(SheafError) -> ExportResult {
        let pin = try pin(bundle, on: channel, workspace: workspace)
        let mirror = try mirror(pin.workspace, bundle)
        let exported = try await transfers(of: mirror).alone(
            before: ContinuousClock.now + .seconds(600)
        ) { () throws(SheafError) in
            try mirror.export(channel, since: base?.inMirror, to: path, replacing: replacing)
        }
        return ExportResult(
            release: exported.release, base: exported.base, objects: exported.objects,
            bytes: exported.bytes)
    }

    /// Brings a channel up to date from a Git bundle file, with every check of a sync.
    ///
    /// The host policy must serve the bundle that the file names. Whatever fails, the release in
    /// service stays there, nothing of the file is kept, and the failure is recorded.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - workspace: the workspace; nil where only one of this host serves the bundle.
    ///   - deadline: how long it may take.
    /// - Throws: `bundle_missing` with what is needed when the file builds on a release that is not
    ///   here, `malformed_bundle` or `limit_exceeded` for a file that is none or damaged,
    ///   `not_found`, `io_error`, and everything that ``sync(_:on:workspace:deadline:observer:)`` throws for
    ///   a release.
    @discardableResult
    public func importFile(
        _ path: String, workspace: WorkspaceID? = nil, deadline: Duration = .seconds(300)
    ) async throws(SheafError) -> SyncResult {
        try await importFile(path, workspace: workspace, expecting: nil, deadline: deadline) {
            _ throws(SheafError) in
        }
    }

    /// The same for a caller who has said what is in the file, and may not have every bundle.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - workspace: the workspace; nil where only one of this host serves the bundle.
    ///   - digest: the digest that the file is to have; `digest_mismatch` for another one, of which
    ///     nothing is kept and nothing recorded.
    ///   - deadline: how long it may take.
    ///   - admit: told the bundle that the file names before anything else is done; may throw.
    package func importFile(
        _ path: String, workspace: WorkspaceID?, expecting digest: BundleDigest?,
        deadline: Duration, admitting admit: (BundleID) throws(SheafError) -> Void
    ) async throws(SheafError) -> SyncResult {
        try requireOwner()
        let end = ContinuousClock.now + deadline
        let file = try ReleaseFile.read(path)
        try admit(file.bundle)
        var attempt = SyncAttempt(
            workspace: workspace, bundle: file.bundle, channel: file.channel, startedAt: now())
        attempt.isContact = false
        attempt.expected = digest
        do throws(SheafError) {
            let policy = try policy()
            let rule = try Self.rule(policy, workspace, file.bundle)
            attempt.workspace = rule.workspace
            attempt.isServed = true
            let result = try await take(file, path, policy, &attempt, end)
            await keepSmall(try mirror(rule.workspace, file.bundle))
            return result
        } catch {
            // A wrong name for what is in a file says nothing about the channel.
            if !attempt.isMisnamed { record(error, of: attempt) }
            throw error
        }
    }

    private func take(
        _ file: ReleaseFile, _ path: String, _ policy: HostPolicy, _ attempt: inout SyncAttempt,
        _ end: ContinuousClock.Instant
    ) async throws(SheafError) -> SyncResult {
        guard let workspace = attempt.workspace else {
            throw SheafError(.invalidRequest, "the workspace is not known")
        }
        let place = layout.mirror(workspace, file.bundle)
        let queue = transfers(of: file.bundle, in: workspace)
        try await queue.begin(before: end)
        // No other transfer comes between what the file brought and what is decided about it, so
        // that all of it can be taken back: also the mirror, which nobody else has come to use.
        defer { queue.end() }
        let isNew = !ReleaseMirror.exists(at: place)
        if isNew, let needed = file.prerequisites.first {
            throw ReleaseMirror.lacking(needed, of: file.bundle)
        }
        let mirror = try mirror(workspace, file.bundle, creating: true)
        var received: ReleaseMirror.Received?
        do throws(SheafError) {
            let limits = ReleaseMirror.TransferLimits(deadline: end - ContinuousClock.now)
            let came = try await queue.run { () throws(SheafError) in
                try mirror.receive(
                    path, expecting: file, limits: limits, isCancelled: { Task.isCancelled })
            }
            received = came
            note(came.transfer, in: mirror, &attempt)
            try attempt.requireExpected()
            return try accept(came.transfer, into: mirror, policy, attempt)
        } catch {
            if let received { mirror.discard(received) }
            if isNew, (try? mirror.acceptedChannels())?.isEmpty == true {
                mirrors[place] = nil
                ReleaseMirror.remove(at: place)
            }
            throw error
        }
    }
}
