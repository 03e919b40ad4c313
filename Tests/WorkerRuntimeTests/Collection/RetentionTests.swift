import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Workers that have ended", .timeLimit(.minutes(2)))
struct RetentionTests {
    @Test("let go of what they held before a collection looks, also when nobody watched them")
    func settled() async throws {
        let host = try await EngineSetup()
        try await host.runtime().createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        kill(engine, SIGTERM)
        try await host.launcher().waitForEnd(of: WorkerID("one"))
        #expect(try await host.pins().count == 1)
        let report = try await host.runtime().collect()
        #expect(try await host.pins() == [])
        #expect(report.removedWorkers == [])
        #expect(
            report.bundles.first?.kept.contains {
                if case .workers = $0.reason { true } else { false }
            } == false)
    }

    @Test("are removed with their directories when they ended long enough ago, and no others")
    func removed() async throws {
        let host = try await EngineSetup()
        let clock = TestClock()
        let runtime = try WorkerRuntime.open(
            store: host.setup.store, policy: host.setup.policy, launcher: try host.launcher(),
            now: clock.now)
        for id in ["old", "live"] { try await runtime.createWorker(host.request("waits", id)) }
        try await runtime.createWorker(host.request("waits", "never"), starting: false)
        // When an engine ended is what the real clock said.
        try await runtime.stopWorker(WorkerID("old"))
        clock.advance(by: -clock.now().timeIntervalSinceNow + 29 * 86_400)
        #expect(try await runtime.collect().removedWorkers == [])
        clock.advance(by: 2 * 86_400)
        let old = try WorkerID("old")
        let dry = try await host.runtime(.reader).collect(
            dryRun: true, keepingWorkers: .seconds(-1))
        #expect(dry.removedWorkers == [old])
        #expect(FileManager.default.fileExists(atPath: host.directory("old").path()))
        #expect(try await runtime.collect().removedWorkers == [old])
        #expect(!FileManager.default.fileExists(atPath: host.directory("old").path()))
        #expect(
            Set(try await runtime.workers().map(\.id.rawValue)) == ["live", "never"])
        let left = try FileManager.default.contentsOfDirectory(
            atPath: "\(host.setup.store)/workers")
        #expect(left == ["live"])
        // The id is free: this is another worker.
        let again = try await runtime.createWorker(host.request("waits", "old"))
        #expect(again.isNew && again.worker.state == .running)
        for id in ["old", "live"] {
            try await runtime.stopWorker(WorkerID(id), grace: .zero)
        }
    }

    @Test(
        "are kept however long that is said to be, also since before there was a calendar",
        arguments: [365, 20_000, 800_000, 9_999_999, Int64.max / 86_400])
    func keptForEver(days: Int64) async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"), starting: false)
        try await runtime.stopWorker(WorkerID("one"))
        let time = Duration.seconds(days * 86_400)
        let dry = try await host.runtime(.reader).collect(dryRun: true, keepingWorkers: time)
        #expect(dry.removedWorkers == [])
        #expect(try await runtime.collect(keepingWorkers: time).removedWorkers == [])
        #expect(try await runtime.workers().count == 1)
    }

    @Test("whose directory is gone already go too: a collection was killed between its two steps")
    func half() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        try await runtime.stopWorker(WorkerID("one"))
        try FileManager.default.removeItem(at: host.directory())
        let later = try await host.runtime(.reader).collect(dryRun: true, keepingWorkers: .zero)
        #expect(later.removedWorkers.count == 1)
        #expect(try await runtime.collect(keepingWorkers: .zero).removedWorkers.count == 1)
        #expect(try await runtime.workers() == [])
    }

    @Test("stay where there is nobody who could remove their directories")
    func withoutLauncher() async throws {
        let host = try await EngineSetup()
        do {
            let runtime = try host.runtime()
            for id in ["one", "two"] {
                try await runtime.createWorker(host.request("waits", id), starting: id == "one")
                try await runtime.stopWorker(WorkerID(id))
            }
            try FileManager.default.removeItem(at: host.directory("two"))
        }
        let runtime = try host.setup.runtime()
        let report = try await runtime.collect(keepingWorkers: .zero)
        #expect(report.removedWorkers.map(\.rawValue) == ["two"])
        #expect(try await runtime.workers().map(\.id.rawValue) == ["one"])
    }

    @Test("and one whose record is damaged keep nobody from seeing the others")
    func damagedRow() async throws {
        let host = try await EngineSetup()
        let book = LogBook()
        let runtime = try host.setup.runtime(logger: book.logger)
        for id in ["one", "two", "three"] {
            try await runtime.createWorker(host.request("waits", id))
        }
        let rows = try StoreRows(host.setup)
        try await rows.run("UPDATE worker SET intent = '{' WHERE id = 'one'")
        try await rows.run("UPDATE worker SET createdAt = 'yesterday' WHERE id = 'two'")
        #expect(try await runtime.workers().map(\.id.rawValue) == ["three"])
        #expect(book.lines.filter { $0.contains("a worker could not be shown") }.count == 2)
    }
}
