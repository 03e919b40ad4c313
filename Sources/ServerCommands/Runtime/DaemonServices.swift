internal import BundleModel
internal import BundleRepository
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals
internal import WorkerRuntime

/// Follows channels until the daemon ends.
struct FollowService: Service {
    let follower: ChannelFollower<RuntimeSource>

    func run() async throws {
        await cancelWhenGracefulShutdown { await follower.run() }
    }
}

/// Tells the service manager that the daemon is alive, as often as it wants to hear it, and that it
/// is about to end.
struct ManagerService: Service {
    let manager: ServiceNotices
    /// Comes back when the runtime answers.
    let check: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Twice in the time allowed, as sd_watchdog_enabled(3) asks for.
            let pause = manager.watchdog.map { $0 / 2 } ?? .seconds(86_400)
            while !Task.isCancelled {
                guard (try? await Task.sleep(for: pause)) != nil else { break }
                guard manager.watchdog != nil else { continue }
                await check()
                manager.alive()
            }
        }
        manager.stopping()
    }
}

/// Looks at the host policy when it is told to by SIGHUP; a policy that is wrong changes nothing.
struct ReloadService: Service {
    let runtime: WorkerRuntime
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                do throws(SheafError) {
                    try await runtime.reloadPolicy()
                    logger.notice("the host policy was read again")
                } catch {
                    logger.error(
                        "the host policy is wrong and the one before it stays in force",
                        metadata: ["code": "\(error.code.rawValue)"])
                }
            }
        }
    }
}
