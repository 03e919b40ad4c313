import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A store on a small file system of its own, which a test fills. It needs the right to mount one.
@Suite("A disk that is full", .timeLimit(.minutes(3)))
struct FullDiskTests {
    /// A mounted file system, which goes with the last reference to it.
    final class SmallDisk: Sendable {
        let path: String

        init?(at url: URL, megabytes: Int) async throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            path = url.path(percentEncoded: false)
            let mount = try await Program(
                "mount", environment: TestEnvironment.base, directory: url
            ).run(["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "none", path])
            guard mount.succeeded else { return nil }
        }

        deinit {
            let unmount = Process()
            unmount.executableURL = URL(filePath: "/bin/umount")
            unmount.arguments = ["-l", path]
            try? unmount.run()
            unmount.waitUntilExit()
        }

        /// Leaves this much room.
        func leave(_ bytes: Int) throws {
            try empty()
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
            let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
            try Data(count: max(0, free - bytes)).write(to: URL(filePath: "\(path)/filler"))
        }

        func empty() throws {
            if FileManager.default.fileExists(atPath: "\(path)/filler") {
                try FileManager.default.removeItem(atPath: "\(path)/filler")
            }
        }
    }

    static let canMount: Bool = {
        let mount = Process()
        mount.executableURL = URL(filePath: "/bin/sh")
        mount.arguments = [
            "-c",
            "d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d; s=$?; rmdir $d; exit $s",
        ]
        mount.standardError = FileHandle.nullDevice
        guard (try? mount.run()) != nil else { return false }
        mount.waitUntilExit()
        return mount.terminationStatus == 0
    }()

    private func host() async throws -> (EngineSetup, SmallDisk) {
        let setup = try await RuntimeSetup()
        let disk = try #require(
            try await SmallDisk(at: setup.directory.appending("store"), megabytes: 8))
        return (try await EngineSetup(on: setup), disk)
    }

    @Test(
        "refuses a worker with io_error, whose record is whole or absent, and takes it later",
        .enabled(if: canMount, "nothing can be mounted here"))
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
        .enabled(if: canMount, "nothing can be mounted here"))
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
}
