import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A host that is killed while it stops a worker that was never started.
@Suite("A host that is killed while it stops what never ran", .timeLimit(.minutes(3)))
struct KilledStopTests {
    private static func stop(
        _ store: String, _ policy: String, _ supervisor: [String],
        _ watch: @escaping @Sendable (WorkerStartStep) -> Void
    ) async throws {
        let runtime = try WorkerRuntime.open(
            store: store, policy: policy,
            launcher: ProcessLauncher(store: store, supervisor: supervisor))
        await runtime.watchSteps(watch)
        try await runtime.stopWorker(WorkerID("one"))
    }

    private func host() async throws -> EngineSetup {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"), starting: false)
        return host
    }

    private func state(_ host: EngineSetup) async throws -> [String] {
        try await StoreRows(host.setup).texts("SELECT state FROM worker")
    }

    /// What every host finds once it has looked: the row, the pins and the sign say the same.
    private func expectStopped(_ host: EngineSetup) async throws {
        let reader = try host.runtime(.reader)
        #expect(try await reader.workers().map(\.state) == [.stopped])
        #expect(try await reader.worker(WorkerID("one")).state == .stopped)
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await state(host) == ["stopped"])
        _ = try await runtime.pin(host.setup.bundle, on: .latest)
        #expect(try await host.pins() == [])
        let again = try await runtime.createWorker(host.request("waits"))
        #expect(!again.isNew && again.worker.state == .stopped)
        #expect(try await runtime.stopWorker(WorkerID("one")).state == .stopped)
    }

    @Test(
        "once there is a sign finds the worker stopped, whatever was written",
        arguments: [WorkerStartStep.ended, .endRecorded, .letGo])
    func signed(_ step: WorkerStartStep) async throws {
        let host = try await host()
        let (store, policy) = (host.setup.store, host.setup.policy)
        let supervisor = try EngineSetup.supervisor(host.setup.directory.url)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                step = step as WorkerStartStep, store = store as String,
                policy = policy as String, supervisor = supervisor as [String]
            ] in
            try await KilledStopTests.stop(store, policy, supervisor) {
                if $0 == step { kill(getpid(), SIGKILL) }
            }
        }
        #expect(try await state(host) == [step == .ended ? "created" : "stopped"])
        try await expectStopped(host)
    }

    @Test("at any moment finds it stopped, or able to start")
    func anyMoment() async throws {
        let rounds =
            ProcessInfo.processInfo.environment["SHEAF_KILL_ROUNDS"].flatMap { Int($0) } ?? 12
        let host = try await EngineSetup()
        var acknowledged: Set<String> = []
        for round in 0..<rounds {
            let id = "w-\(round)"
            do {
                let runtime = try host.runtime()
                try await runtime.createWorker(host.request("waits", id), starting: false)
            }
            let stop = try DoomedCommand(host.setup, ["worker", "stop", id])
            if try await stop.end(after: .milliseconds(Int.random(in: 0..<400))) {
                acknowledged.insert(id)
            }
        }
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        for round in 0..<rounds {
            let id = "w-\(round)"
            let known = try await runtime.worker(WorkerID(id)).state
            #expect([.created, .stopped].contains(known), "\(known)")
            if acknowledged.contains(id) { #expect(known == .stopped) }
            let again = try await runtime.createWorker(host.request("waits", id)).worker
            #expect(again.state == (known == .stopped ? .stopped : .running))
            try await runtime.stopWorker(WorkerID(id), grace: .zero)
        }
        #expect(try await host.pins() == [])
    }

    @Test("before there is a sign finds a worker that can be started")
    func unsigned() async throws {
        let host = try await host()
        // What is there then: a directory that names no attempt to start the engine.
        let run = host.directory().appending(path: "run")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data().write(to: run.appending(path: "lock"))
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await runtime.worker(WorkerID("one")).state == .created)
        #expect(
            try await runtime.createWorker(host.request("waits")).worker.state == .running)
        #expect(try await runtime.stopWorker(WorkerID("one")).state == .stopped)
    }
}
