import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// An engine can take the right to write from its supervisor, and an administrator can remount the
/// store: neither keeps a worker for ever.
@Suite("The end of an engine that its directory refuses to take", .timeLimit(.minutes(2)))
struct RefusedEndTests {
    private let id: WorkerID

    init() throws { id = try WorkerID("one") }

    private struct Begun: Decodable {
        struct Process: Decodable { let number: Int32 }
        let supervisor: Process
    }

    private func run(_ host: EngineSetup) -> URL { host.directory().appending(path: "run") }

    /// Starts a worker; gives the process of its engine.
    private func engine(_ host: EngineSetup, _ runtime: WorkerRuntime) async throws -> Int32 {
        try await runtime.createWorker(host.request("waits"))
        return try #require(EngineSetup.numbers(try await host.written("pid")).first)
    }

    private func supervisor(_ host: EngineSetup) throws -> Int32 {
        let begun = try Data(contentsOf: run(host).appending(path: "begun"))
        return try JSONDecoder().decode(Begun.self, from: begun).supervisor.number
    }

    @Test("makes the worker lost when it is stopped, though its supervisor still tries")
    func ofSupervisor() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime(launcher: host.launcher(recording: .milliseconds(300)))
        let engine = try await engine(host, runtime)
        let supervisor = try supervisor(host)
        // Where the supervisor would write its record before it gives it its name.
        try FileManager.default.createDirectory(
            at: run(host).appending(path: "end.json.new-\(supervisor)"),
            withIntermediateDirectories: false)
        kill(engine, SIGTERM)
        try await EngineSetup.gone(engine)
        #expect(try await host.launcher().condition(of: id) == .running)
        #expect(try await runtime.stopWorker(id, grace: .zero).state == .failed(.lost))
        try await EngineSetup.gone(supervisor)
        #expect(try await host.pins() == [])
    }

    @Test(
        "makes the worker lost when the directory can only be read, and can be asked for there",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func readOnly() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime(launcher: host.launcher(recording: .milliseconds(300)))
        let engine = try await engine(host, runtime)
        let supervisor = try supervisor(host)
        let run = run(host).path(percentEncoded: false)
        let mount = Program(
            "mount", environment: TestEnvironment.base, directory: host.setup.directory.url)
        #expect(try await mount.run(["--bind", run, run]).succeeded)
        let isReadOnly = try await mount.run(["-o", "remount,bind,ro", run]).succeeded
        #expect(isReadOnly)
        let stopped = await Task {
            kill(engine, SIGTERM)
            try await EngineSetup.gone(engine)
            return try await runtime.stopWorker(id, grace: .zero)
        }.result
        let unmount = Program(
            "umount", environment: TestEnvironment.base, directory: host.setup.directory.url)
        #expect(try await unmount.run(["-l", run]).succeeded)
        #expect(try stopped.get().state == .failed(.lost))
        try await EngineSetup.gone(supervisor)
        #expect(try await host.pins() == [])
    }
}
