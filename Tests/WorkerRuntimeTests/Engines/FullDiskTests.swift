import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A store on a small file system of its own, which a test fills. It needs the right to mount one.
@Suite("A disk that is full", .timeLimit(.minutes(3)))
struct FullDiskTests {
    private func host() async throws -> (EngineSetup, SmallDisk) {
        let setup = try await RuntimeSetup()
        let disk = try #require(
            try await SmallDisk(at: setup.directory.appending("store"), megabytes: 8))
        return (try await EngineSetup(on: setup), disk)
    }

    @Test(
        "refuses a worker with io_error, whose record is whole or absent, and takes it later",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func creating() async throws {
        let (host, disk) = try await host()
        let runtime = try host.runtime()
        let rooms = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128].map { $0 << 10 }
        var refused = 0
        for (index, room) in rooms.enumerated() {
            let request = try host.request("waits", "w-\(index)")
            try disk.leave(room)
            do throws(SheafError) {
                let created = try await runtime.createWorker(request)
                #expect(created.worker.state == .running)
            } catch {
                #expect(error.code == .ioError, "\(room): \(error)")
                refused += 1
            }
            try disk.empty()
            let shown = try await runtime.workers().filter { $0.id.rawValue == "w-\(index)" }
            #expect(shown.count <= 1)
            // With room on the disk the same request is fulfilled.
            let again = try await runtime.createWorker(request)
            #expect(again.worker.state == .running, "\(room)")
            try await runtime.stopWorker(WorkerID("w-\(index)"), grace: .milliseconds(500))
            #expect(try await host.pins() == [])
        }
        #expect(refused > 0 && refused < rooms.count, "\(refused)")
    }

    @Test(
        "keeps the end of an engine from being lost: it is recorded when there is room",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func ending() async throws {
        let (host, disk) = try await host()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        try disk.leave(0)
        kill(engine, SIGTERM)
        try await EngineSetup.gone(engine)
        #expect(try await host.launcher().condition(of: WorkerID("one")) == .running)
        try disk.empty()
        #expect(
            try await runtime.waitForEnd(of: WorkerID("one")).state == .exited(status: 0))
    }

    @Test(
        "keeps a stop from being lost: whoever asks is told, and it is recorded when there is room",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func stopping() async throws {
        let (host, disk) = try await host()
        let launcher = try host.launcher(recording: .milliseconds(300))
        let runtime = try host.runtime(launcher: launcher)
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        try disk.leave(0)
        await failing(.ioError) { try await runtime.stopWorker(WorkerID("one"), grace: .zero) }
        try await EngineSetup.gone(engine)
        #expect(try await launcher.condition(of: WorkerID("one")) == .running)
        try disk.empty()
        #expect(try await runtime.waitForEnd(of: WorkerID("one")).state == .stopped)
    }
}
