import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("An end that cannot be recorded", .timeLimit(.minutes(2)))
struct UnrecordedEndTests {
    private let id: WorkerID

    init() throws { id = try WorkerID("one") }

    /// Has every write to a worker's row fail, as a full disk does.
    private func refuseWrites(_ host: EngineSetup) async throws {
        try await StoreRows(host.setup).run(
            """
            CREATE TRIGGER full BEFORE UPDATE ON worker
            BEGIN SELECT RAISE(ABORT, 'no space'); END
            """)
    }

    private func allowWrites(_ host: EngineSetup) async throws {
        try await StoreRows(host.setup).run("DROP TRIGGER full")
    }

    private func recorded(_ host: EngineSetup) async throws -> [String] {
        try await StoreRows(host.setup).texts("SELECT state FROM worker")
    }

    @Test("is told whoever looks, and is recorded later though nobody asks again")
    func later() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        try await refuseWrites(host)
        kill(engine, SIGTERM)
        #expect(try await runtime.waitForEnd(of: id).state == .exited(status: 0))
        #expect(try await runtime.workers().map(\.state) == [.exited(status: 0)])
        #expect(try await recorded(host) == ["running"])
        #expect(try await host.pins().count == 1)
        // The same request starts nothing.
        let again = try await runtime.createWorker(host.request("waits"))
        #expect(!again.isNew && again.worker.state == .exited(status: 0))
        try await allowWrites(host)
        while try await recorded(host) != ["exited"] { try await EngineSetup.moment() }
        while try await !host.pins().isEmpty { try await EngineSetup.moment() }
        #expect(EngineSetup.numbers(try host.output()) == [engine])
    }

    @Test("of a worker that was stopped is a stop for whoever stopped it, and for the next host")
    func stopped() async throws {
        let host = try await EngineSetup()
        do {
            let runtime = try host.runtime()
            try await runtime.createWorker(host.request("waits"))
            _ = try await host.written("pid")
            try await refuseWrites(host)
            #expect(try await runtime.stopWorker(id).state == .stopped)
        }
        #expect(try await recorded(host) == ["running"])
        try await allowWrites(host)
        let runtime = try host.runtime()
        try await runtime.settleWorkers()
        #expect(try await recorded(host) == ["stopped"])
        #expect(try await host.pins() == [])
    }

    @Test(
        "in the time of its start is recorded later as well, though nobody asks again",
        arguments: [
            ("desk", SheafError.Code.ioError, "exited"), ("fails", .engineFailed, "failed"),
        ])
    func starting(_ engine: String, _ code: SheafError.Code, _ state: String) async throws {
        let host = try await EngineSetup()
        // The engine ends before the start of it returns.
        let runtime = try host.runtime(launcher: host.launcher(settling: .seconds(60)))
        try await StoreRows(host.setup).run(
            """
            CREATE TRIGGER full BEFORE UPDATE ON worker WHEN new.state IN ('exited', 'failed')
            BEGIN SELECT RAISE(ABORT, 'no space'); END
            """)
        await failing(code) { try await runtime.createWorker(host.request(engine)) }
        #expect(try await recorded(host) == ["starting"])
        try await allowWrites(host)
        while try await recorded(host) != [state] { try await EngineSetup.moment() }
        while try await !host.pins().isEmpty { try await EngineSetup.moment() }
        withExtendedLifetime(runtime) {}
    }
}
