internal import ServiceLifecycle

/// Looks at the branches now and then as long as somebody waits for a change, which may come past
/// this server.
struct BranchWatch: Service {
    let repositories: [ServedRepository]
    /// How long a change past this server may stay unseen by those who wait.
    let interval: Duration

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for repository in repositories where repository.waiters > 0 {
                    // What cannot be read now may be read the next time.
                    _ = try? await repository.snapshot()
                }
                try? await Task.sleep(for: interval)
            }
        }
    }
}
