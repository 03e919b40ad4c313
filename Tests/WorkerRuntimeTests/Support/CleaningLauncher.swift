import BundleModel
import Foundation
import WorkerRuntime

/// A launcher that runs nothing and writes down what it is told; a cleaning takes until the test lets
/// it go on.
actor CleaningLauncher: WorkerLauncher {
    private(set) var events: [String] = []
    private var known = WorkerCondition.notStarted
    private let ended = AsyncStream<Void>.makeStream()
    private let began = AsyncStream<Void>.makeStream()
    private let gate = AsyncStream<Void>.makeStream()

    /// The engine ends by itself.
    func end() {
        known = .ended(WorkerEnd(.exited(status: 0), at: Date()))
        ended.continuation.finish()
    }

    /// Waits until somebody cleans up.
    func cleaningBegan() async { for await _ in began.stream { return } }

    /// Lets the cleaning go on.
    nonisolated func letGo() { gate.continuation.finish() }

    func start(_ launch: WorkerLaunch) async throws(SheafError) -> WorkerCondition {
        events.append("start")
        known = .running
        return known
    }

    func condition(of worker: WorkerID) async throws(SheafError) -> WorkerCondition { known }

    func waitForEnd(of worker: WorkerID) async throws(SheafError) {
        for await _ in ended.stream {}
    }

    func stop(_ worker: WorkerID, grace: Duration) async throws(SheafError) { end() }

    func clean(after worker: WorkerID) async {
        events.append("clean")
        began.continuation.yield()
        for await _ in gate.stream {}
        events.append("cleaned")
    }

    func discard(_ worker: WorkerID) async throws(SheafError) {
        events.append("discard")
        known = .notStarted
    }
}
