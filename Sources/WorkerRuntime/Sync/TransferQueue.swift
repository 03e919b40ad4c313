internal import BundleModel
internal import BundleRepository

/// Runs the transfers of one mirror on a thread of their own, one at a time, so that a slow
/// repository holds up neither the creation of workers, nor any read, nor another bundle's sync.
actor TransferQueue {
    private let thread = StoreThread(label: "sheaf.transfer")
    private let turn = TransferTurn()

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    /// Looks whether a repository has a channel; throws `not_found` when it has none.
    func look(
        for channel: ChannelID, of bundle: BundleID, at remote: RemoteRepository, deadline: Duration
    ) throws(SheafError) {
        try ReleaseMirror.look(
            for: channel, of: bundle, at: remote, limits: .init(deadline: deadline),
            isCancelled: { Task.isCancelled })
    }

    /// Does something that no transfer into the mirror may run beside, on this thread.
    nonisolated func alone<Value: Sendable>(
        before deadline: ContinuousClock.Instant,
        _ body: @escaping @Sendable () throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        try await begin(before: deadline)
        defer { end() }
        return try await run(body)
    }

    /// The same, unless a transfer is under way; then nothing is done, and nil is returned.
    nonisolated func aloneIfFree<Value: Sendable>(
        _ body: @escaping @Sendable () throws(SheafError) -> Value
    ) async throws(SheafError) -> Value? {
        guard turn.takeIfFree() else { return nil }
        defer { end() }
        return try await run(body)
    }

    /// Waits until no transfer into the mirror is under way, and keeps it so until ``end()``.
    nonisolated func begin(
        before deadline: ContinuousClock.Instant
    ) async throws(SheafError) {
        try await turn.take(before: deadline)
    }

    /// Lets the next transfer begin.
    nonisolated func end() { turn.end() }

    /// Does something on this thread, between ``begin(before:)`` and ``end()``.
    func run<Value: Sendable>(
        _ body: @Sendable () throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        try body()
    }

    /// Fetches a channel, between ``begin(before:)`` and ``end()``; first and after a failure it
    /// removes what stopped transfers left.
    ///
    /// Cancelling the task stops the transfer within about a second.
    ///
    /// - Parameters:
    ///   - deadline: when the transfer must be over.
    ///   - observer: told how far it is.
    func fetch(
        _ channel: ChannelID, from remote: RemoteRepository, into mirror: ReleaseMirror,
        before deadline: ContinuousClock.Instant, observer: SyncObserver? = nil
    ) throws(SheafError) -> ReleaseMirror.Transfer {
        try mirror.removeLeftovers(of: channel)
        do throws(SheafError) {
            return try mirror.fetch(
                channel, from: remote,
                limits: .init(deadline: deadline - ContinuousClock.now), observer: observer,
                isCancelled: { Task.isCancelled })
        } catch {
            try? mirror.removeLeftovers(of: channel)
            throw error
        }
    }
}
