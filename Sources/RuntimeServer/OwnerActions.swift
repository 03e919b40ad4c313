public import BundleModel
public import WorkerRuntime

/// How what the owner of a host asks for through the socket of its store is done where the runtime is
/// followed by something.
public struct OwnerActions: Sendable {
    /// Brings a channel up to date within a time.
    public typealias Sync =
        @Sendable (FollowedChannel, Duration) async throws(SheafError) -> SyncResult
    /// Is told of a channel that the store follows no more.
    public typealias Ended = @Sendable (FollowedChannel) async -> Void

    /// How a sync is made.
    public var sync: Sync
    /// What is told when a channel is followed no more.
    public var ended: Ended

    /// Describes the actions.
    public init(sync: @escaping Sync, ended: @escaping Ended) {
        self.sync = sync
        self.ended = ended
    }

    /// Those of the library alone.
    static func plain(_ runtime: WorkerRuntime) -> OwnerActions {
        OwnerActions(
            sync: { channel, deadline throws(SheafError) in
                try await runtime.sync(
                    channel.bundle, on: channel.channel, workspace: channel.workspace,
                    deadline: deadline)
            }, ended: { _ in })
    }
}
