package import BundleModel
package import BundleRepository

/// Brings the channels of a runtime up to date.
///
/// Each fetch blocks a thread of its bundle's own, and each wait for a release one of its
/// repository's, never those that Swift's tasks share.
package struct RuntimeSource: FollowedSource {
    private let runtime: WorkerRuntime

    package init(_ runtime: WorkerRuntime) {
        self.runtime = runtime
    }

    package func repository(of channel: FollowedChannel) async -> String {
        await runtime.repositoryName(of: channel)
    }

    package func sync(
        _ channel: FollowedChannel, deadline: Duration
    ) async throws(SheafError) -> SyncResult {
        try await runtime.sync(
            channel.bundle, on: channel.channel, workspace: channel.workspace, deadline: deadline)
    }

    package func facts(of result: SyncResult) -> (commit: CommitID, outcome: String) {
        (result.release.commit, result.outcome.rawValue)
    }

    package func notice(
        for channel: FollowedChannel, since cursor: String?, waiting: Duration
    ) async throws(SheafError) -> ReleaseNotice {
        let end = ContinuousClock.now + waiting + .seconds(15)
        guard let feed = try await runtime.releaseFeed(for: channel, before: end) else {
            return .notOffered
        }
        return try await ReleaseWait().notice(feed, since: cursor, waiting: waiting, before: end)
    }

    package func remember(_ channel: FollowedChannel) async throws(SheafError) {
        try await runtime.follow(channel)
    }
}

/// A thread that waits for one answer.
private actor ReleaseWait {
    private let thread = StoreThread(label: "sheaf.feed")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    func notice(
        _ feed: ReleaseFeed, since cursor: String?, waiting: Duration,
        before end: ContinuousClock.Instant
    ) throws(SheafError) -> ReleaseNotice {
        try feed.read(
            since: cursor, waiting: waiting, deadline: end - ContinuousClock.now,
            isCancelled: { Task.isCancelled })
    }
}
