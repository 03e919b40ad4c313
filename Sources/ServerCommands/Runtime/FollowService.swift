internal import ServiceLifecycle
internal import WorkerRuntime

/// Follows channels until the daemon ends.
struct FollowService: Service {
    let follower: ChannelFollower<RuntimeSource>

    func run() async throws {
        await cancelWhenGracefulShutdown { await follower.run() }
    }
}
