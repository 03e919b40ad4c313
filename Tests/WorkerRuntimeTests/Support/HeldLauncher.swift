import BundleModel
import Foundation
import WorkerRuntime

/// A launcher that runs nothing and counts what it is told; each stop takes until the test lets it go
/// on.
actor HeldLauncher: WorkerLauncher {
    /// How often an engine was started.
    private(set) var starts = 0
    private var isStopped = false
    private let began = AsyncStream<Void>.makeStream()
    private let gate = AsyncStream<Void>.makeStream()

    /// Waits until somebody stops a worker.
    func stopBegan() async { for await _ in began.stream { return } }

    /// Lets the stop go on.
    nonisolated func letGo() { gate.continuation.finish() }

    func start(_ launch: WorkerLaunch) async throws(SheafError) -> WorkerCondition {
        starts += 1
        return .running
    }

    func condition(of worker: WorkerID) async throws(SheafError) -> WorkerCondition {
        if isStopped { return .ended(WorkerEnd(.stopped, at: Date())) }
        return starts > 0 ? .running : .notStarted
    }

    func waitForEnd(of worker: WorkerID) async throws(SheafError) {
        for await _ in gate.stream {}
    }

    func stop(_ worker: WorkerID, grace: Duration) async throws(SheafError) {
        began.continuation.yield()
        for await _ in gate.stream {}
        isStopped = true
    }

    func clean(after worker: WorkerID) async {}
}
