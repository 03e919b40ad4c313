internal import BundleRepository
internal import ServiceLifecycle

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
