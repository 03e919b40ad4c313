import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Cleaning up after a worker", .timeLimit(.minutes(2)))
struct LateCleaningTests {
    private let id: WorkerID

    init() throws { id = try WorkerID("one") }

    @Test("leaves alone what was started under the same name since")
    func successor() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let launcher = try host.launcher()
        try await runtime.createWorker(host.request("desk"))
        _ = try await runtime.waitForEnd(of: id)
        while try await runtime.collect(keepingWorkers: .zero).removedWorkers.isEmpty {
            try await EngineSetup.moment()
        }
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        // What was to clean up after the first one comes only now.
        await launcher.clean(after: id)
        #expect(try await launcher.condition(of: id) == .running)
        #expect(kill(engine, 0) == 0)
        let prompt = host.directory().appending(path: "bundle/prompts/system.md")
        #expect(FileManager.default.fileExists(atPath: prompt.path(percentEncoded: false)))
        try await runtime.stopWorker(id, grace: .zero)
        #expect(!FileManager.default.fileExists(atPath: prompt.path(percentEncoded: false)))
    }

    @Test("leaves alone what is only about to be started")
    func arriving() async throws {
        let host = try await EngineSetup()
        let marker = host.setup.directory.appending("go").path(percentEncoded: false)
        // A supervisor that does not come to begin until it may.
        let words = try EngineSetup.supervisor(host.setup.directory.url)
        let launcher = try host.launcher(
            supervisor: [
                "/bin/sh", "-c", #"while [ ! -e "$0" ]; do sleep 0.02; done; exec "$@""#, marker,
            ] + words)
        let runtime = try host.runtime(launcher: launcher)
        let request = try host.request("waits")
        let created = Task { try await runtime.createWorker(request) }
        let prompt = host.directory().appending(path: "bundle/prompts/system.md")
            .path(percentEncoded: false)
        while !FileManager.default.fileExists(atPath: prompt) { try await EngineSetup.moment() }
        await launcher.clean(after: id)
        #expect(FileManager.default.fileExists(atPath: prompt))
        try Data().write(to: URL(filePath: marker))
        #expect(try await created.value.worker.state == .running)
        #expect(FileManager.default.fileExists(atPath: prompt))
        try await runtime.stopWorker(id, grace: .zero)
    }

    @Test("is done before the worker is removed, and before another gets its name")
    func turns() async throws {
        let host = try await EngineSetup()
        let launcher = CleaningLauncher()
        let runtime = try host.runtime(launcher: launcher)
        let request = try host.request("waits")
        try await runtime.createWorker(request)
        await launcher.end()
        await launcher.cleaningBegan()
        #expect(try await runtime.worker(id).state == .exited(status: 0))
        #expect(try await runtime.collect(keepingWorkers: .seconds(-1)).removedWorkers == [])
        #expect(try await runtime.createWorker(request).worker.state == .exited(status: 0))
        #expect(await launcher.events == ["start", "clean"])
        launcher.letGo()
        while try await runtime.collect(keepingWorkers: .seconds(-1)).removedWorkers.isEmpty {
            try await EngineSetup.moment()
        }
        #expect(try await runtime.createWorker(request).isNew)
        #expect(await launcher.events == ["start", "clean", "cleaned", "discard", "start"])
    }
}
