internal import BundleModel
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals
internal import WorkerRuntime

/// Looks at the host policy when it is told to by SIGHUP; a policy that is wrong changes nothing.
struct ReloadService: Service {
    let runtime: WorkerRuntime
    let follower: ChannelFollower<RuntimeSource>
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                do throws(SheafError) {
                    try await runtime.reloadPolicy()
                    await follower.relocate()
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
