internal import Foundation
internal import Synchronization

/// Looks at processes while something runs, and keeps the most memory that they had at a time.
final class UsageWatch: Sendable {
    private let state = Mutex((peak: 0, isOver: false))

    /// What was taken while a body ran.
    struct Taken {
        let wallSeconds: Double
        let processorSeconds: Double
        let peakBytes: Int
    }

    /// Looks fifty times a second; short-lived processes may be missed in the memory, never in the
    /// time.
    static func during(
        _ processes: [Int32], _ body: () async throws -> Void
    ) async throws -> Taken {
        let watch = UsageWatch()
        let account = ProcessorAccount(of: processes)
        let usage: @Sendable () -> ProcessTree = { ProcessTree(below: processes) }
        let before = account.seconds
        async let sampling: Void = LoadRun.threads(1) { _ in watch.sample(usage) }
        let wall: Double
        do {
            wall = try await PairedTiming.seconds(body)
        } catch {
            watch.state.withLock { $0.isOver = true }
            throw error
        }
        watch.state.withLock { $0.isOver = true }
        await sampling
        return Taken(
            wallSeconds: wall, processorSeconds: account.seconds - before,
            peakBytes: watch.state.withLock { $0.peak })
    }

    private func sample(_ usage: () -> ProcessTree) {
        while !state.withLock({ $0.isOver }) {
            let bytes = usage().residentBytes
            state.withLock { $0.peak = max($0.peak, bytes) }
            usleep(20_000)
        }
    }
}
