import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Workers after their host has ended", .timeLimit(.minutes(2)))
struct RestartTests {
    private let id: WorkerID

    init() throws { id = try WorkerID("one") }

    /// Creates a worker with a runtime that is gone when this returns.
    private func create(_ host: EngineSetup, _ engine: String) async throws -> WorkerView {
        try await host.runtime().createWorker(host.request(engine)).worker
    }

    @Test("are found again while they run, and can be stopped")
    func found() async throws {
        let host = try await EngineSetup()
        let created = try await create(host, "waits")
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await runtime.worker(id) == created)
        #expect(try await runtime.createWorker(host.request("waits")).worker == created)
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        #expect(try await runtime.stopWorker(id).state == .stopped)
        try await EngineSetup.gone(engine)
        #expect(try host.output() == "pid \(engine)\ngoodbye\n")
    }

    @Test("have their end on record though nobody watched, and let their pins go")
    func ended() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "waits")
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        #expect(kill(engine, SIGTERM) == 0)
        try await host.launcher().waitForEnd(of: id)
        let reader = try host.runtime(.reader)
        #expect(try await reader.worker(id).state == .exited(status: 0))
        #expect(try await host.pins().count == 1)
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await host.pins() == [])
        #expect(try await runtime.worker(id).state == .exited(status: 0))
        #expect(try await reader.worker(id) == runtime.worker(id))
    }

    @Test("are recorded as lost when their supervisor was killed, and their engines are ended")
    func lost() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "stubborn")
        let processes = EngineSetup.numbers(try await host.written("child"))
        let supervisor = try #require(try host.processes().supervisor)
        #expect(kill(supervisor.number, SIGKILL) == 0)
        try await host.launcher().waitForEnd(of: id)
        #expect(try await host.runtime(.reader).worker(id).state == .failed(.lost))
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        let worker = try await runtime.worker(id)
        #expect(worker.state == .failed(.lost))
        for process in processes { try await EngineSetup.gone(process) }
        #expect(try await host.pins() == [])
        // What was started is never started again.
        #expect(try await runtime.createWorker(host.request("stubborn")).worker == worker)
        #expect(try await runtime.stopWorker(id) == worker)
        #expect(EngineSetup.numbers(try host.output()) == processes)
    }

    @Test(
        "have their engines ended when the supervisor was killed before it wrote down which it is")
    func unwritten() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "stubborn")
        let processes = EngineSetup.numbers(try await host.written("child"))
        let supervisor = try #require(try host.processes().supervisor)
        try FileManager.default.removeItem(at: host.processFile)
        #expect(kill(supervisor.number, SIGKILL) == 0)
        try await host.launcher().waitForEnd(of: id)
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await runtime.worker(id).state == .failed(.lost))
        for process in processes { try await EngineSetup.gone(process) }
    }

    @Test("have run since their supervisor started them, not since they were found")
    func since() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "waits")
        let started = try #require(try host.processes().startedAt)
        try await StoreRows(host.setup).run(
            "UPDATE worker SET state = 'starting', startedAt = NULL")
        let late = try WorkerRuntime.open(
            store: host.setup.store, policy: host.setup.policy, launcher: try host.launcher(),
            now: { Date().addingTimeInterval(3600) })
        for runtime in [try host.runtime(.reader), late] {
            let worker = try await runtime.worker(id)
            #expect(worker.state == .running)
            let difference = try #require(worker.startedAt).timeIntervalSince1970 - started
            #expect(abs(difference) < 0.002, "\(difference)")
        }
        try await late.stopWorker(id)
    }

    @Test("are lost when what says how they ended is damaged, and are in nobody's way")
    func damagedEnd() async throws {
        let host = try await EngineSetup()
        do {
            let runtime = try host.runtime()
            try await runtime.createWorker(host.request("desk"))
            _ = try await runtime.waitForEnd(of: id)
        }
        let end = host.directory().appending(path: "run/end.json")
        for damage in ["", "{", #"{"status": "no"}"#] {
            try await StoreRows(host.setup).run(
                "UPDATE worker SET state = 'running', exitStatus = NULL, endedAt = NULL")
            try Data(damage.utf8).write(to: end)
            let runtime = try host.runtime()
            try await runtime.settleWorkers()
            #expect(try await runtime.workers().map(\.state) == [.failed(.lost)], "\(damage)")
            #expect(try await host.pins() == [])
        }
    }

    @Test("are not taken for another process that has their number")
    func reused() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "waits")
        let known = try host.processes()
        let engine = try #require(known.engine)
        #expect(engine.isAlive)
        #expect(HostProcess(number: engine.number) == engine)
        // A process that lives, under the number of one that was started at another time.
        let bystander = Process()
        bystander.executableURL = URL(filePath: "/bin/sleep")
        bystander.arguments = ["600"]
        try bystander.run()
        defer { kill(bystander.processIdentifier, SIGKILL) }
        let text = try String(contentsOf: host.processFile, encoding: .utf8)
            .replacing(
                "\"number\":\(engine.number)", with: "\"number\":\(bystander.processIdentifier)")
        try Data(text.utf8).write(to: host.processFile)
        let supervisor = try #require(known.supervisor)
        #expect(kill(supervisor.number, SIGKILL) == 0)
        try await host.launcher().waitForEnd(of: id)
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await runtime.worker(id).state == .failed(.lost))
        #expect(bystander.isRunning)
        kill(-engine.number, SIGKILL)
    }

    @Test("are recorded as lost when their directory is gone")
    func removed() async throws {
        let host = try await EngineSetup()
        _ = try await create(host, "waits")
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        kill(engine, SIGTERM)
        try await host.launcher().waitForEnd(of: id)
        try await host.launcher().clean(after: id)
        try FileManager.default.removeItem(at: host.directory())
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await runtime.worker(id).state == .failed(.lost))
        #expect(try await host.pins() == [])
    }

    @Test("are ended by somebody else's SIGTERM to the supervisor as by a stop")
    func terminated() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        _ = try await host.written("pid")
        let supervisor = try #require(try host.processes().supervisor)
        kill(supervisor.number, SIGTERM)
        #expect(try await runtime.waitForEnd(of: id).state == .stopped)
    }

    @Test("are stopped also when their supervisor does not answer")
    func frozen() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        let supervisor = try #require(try host.processes().supervisor)
        kill(supervisor.number, SIGSTOP)
        #expect(try await runtime.stopWorker(id, grace: .zero).state == .stopped)
        try await EngineSetup.gone(engine)
        try await EngineSetup.gone(supervisor.number)
    }
}

extension EngineSetup {
    struct Processes: Decodable {
        let supervisor: HostProcess?
        let engine: HostProcess?
        let startedAt: Double?
    }

    var processFile: URL { directory().appending(path: "run/processes.json") }

    func processes() throws -> Processes {
        try JSONDecoder().decode(Processes.self, from: Data(contentsOf: processFile))
    }
}
