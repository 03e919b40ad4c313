import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

/// A daemon whose store is on a small file system of its own, which a test fills.
@Suite("A daemon whose disk is full", .timeLimit(.minutes(4)))
struct DaemonDiskTests {
    private static let rooms = [0, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256].map { $0 << 10 }

    /// Text that cannot be packed into much less than half of it.
    private static func noise(_ bytes: Int) -> String {
        var text = ""
        while text.utf8.count < bytes {
            text += String(UInt64.random(in: 0 ... .max), radix: 36) + "\n"
        }
        return text
    }

    private func publish(_ desk: DaemonDesk, _ words: String) async throws {
        try desk.home.write(Self.noise(150_000), to: "agents/assets/noise.txt")
        try await desk.succeed("publish", "agents", "-m", words)
    }

    private func wish() throws -> SyncRequest {
        SyncRequest(
            workspace: try WorkspaceID("acme"), bundle: try BundleID("agents"), channel: .latest)
    }

    /// Others are served, and nothing is left of what failed.
    private func requireUnharmed(
        _ desk: DaemonDesk, _ client: RuntimeClient, _ release: ReleaseDocument, _ room: Int
    ) async throws {
        let page = try await client.channels(after: nil, limit: nil)
        #expect(page.channels.compactMap(\.accepted) == [release], "\(room)")
        let pin = release.pin
        let found = try await client.availability(pin.digest, commit: pin.commit)
        #expect(found.status == .available, "\(room)")
        let files = FileManager.default.enumerator(atPath: desk.store)?.allObjects as? [String]
        let left = (files ?? []).filter { path in
            let name = path.split(separator: "/").last ?? ""
            return name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_")
                || path.hasPrefix("arriving/")
        }
        #expect(left == [], "\(room)")
    }

    @Test(
        "refuses a sync with io_error and keeps what is in service, until there is room",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func syncing() async throws {
        let desk = try await DaemonDesk(storeOf: 16)
        let disk = try #require(desk.disk)
        let daemon = try await desk.serve()
        try await daemon.client { client in
            var release = try await client.sync(wish()).release
            var refused = 0
            for room in Self.rooms {
                try await publish(desk, "with \(room)")
                try disk.leave(room)
                do {
                    let report = try await client.sync(wish())
                    #expect(report.release.sequence == release.sequence + 1)
                    release = report.release
                } catch let error as SheafError {
                    #expect(error.code == .ioError, "\(room): \(error)")
                    refused += 1
                    try await requireUnharmed(desk, client, release, room)
                }
                try disk.empty()
                let report = try await client.sync(wish())
                #expect(report.release.sequence >= release.sequence, "\(room)")
                release = report.release
                try await requireUnharmed(desk, client, release, room)
            }
            #expect(refused > 0 && refused < Self.rooms.count, "\(refused)")
            let git = GitOracle(in: desk.home.appending("store/bundles/acme/agents.git"))
            try await git.check("fsck", "--strict")
        }
        try await daemon.end()
    }

    @Test(
        "refuses a file that is put with io_error and keeps nothing of it, until there is room",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func putting() async throws {
        let desk = try await DaemonDesk(storeOf: 32)
        let disk = try #require(desk.disk)
        let daemon = try await desk.serve()
        let far = desk.tool.with(["SHEAF_STORE": desk.home.appending("far").path()])
        try await daemon.client { client in
            var release = try await client.sync(wish()).release
            try FileManager.default.createDirectory(
                atPath: desk.home.appending("far").path(), withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            try FileManager.default.copyItem(
                atPath: "\(desk.store)/host-policy.yaml",
                toPath: desk.home.appending("far/host-policy.yaml").path())
            // Each file has all releases up to its own.
            let rooms = [0, 4, 32, 128, 512, 1024, 2048, 4096].map { $0 << 10 }
            var refused = 0
            for (index, room) in rooms.enumerated() {
                try await publish(desk, "with \(room)")
                let file = desk.home.appending("stick-\(index).bundle").path()
                let words = ["runtime", "sync", "agents@latest", "--format", "json"]
                let synced = try await far.run(words)
                try #require(synced.succeeded, "\(synced)")
                let pin = try #require(synced.text.firstMatch(of: /sha256:[0-9a-f]{64}/))
                let exported = try await far.run("runtime", "export", "agents@latest", file)
                try #require(exported.succeeded, "\(exported)")
                let digest = try #require(BundleDigest(String(pin.0)))
                try disk.leave(room)
                do {
                    release = try await client.put(digest, file: file).release
                } catch let error as SheafError {
                    #expect(error.code == .ioError, "\(room): \(error)")
                    #expect(!"\(error.message) \(error.hint ?? "")".contains(desk.home.path))
                    refused += 1
                    try await requireUnharmed(desk, client, release, room)
                }
                try disk.empty()
                release = try await client.put(digest, file: file).release
                #expect(release.pin.digest == digest, "\(room)")
                try await requireUnharmed(desk, client, release, room)
            }
            #expect(refused > 0 && refused < rooms.count, "\(refused)")
        }
        try await daemon.end()
    }

    @Test(
        "refuses a worker with io_error, whose record is whole or absent, and takes it later",
        .enabled(if: SmallDisk.canBeMounted, "nothing can be mounted here"))
    func creating() async throws {
        let desk = try await DaemonDesk(storeOf: 8)
        let disk = try #require(desk.disk)
        let daemon = try await desk.serve()
        try await daemon.client { client in
            let release = try await client.sync(wish()).release
            var refused = 0
            for (index, room) in Self.rooms.enumerated() {
                let request = WorkerRequest(
                    workerId: try WorkerID("w-\(index)"), bundle: release.pin,
                    intent: IntentDocument(input: Self.noise(20_000)))
                try disk.leave(room)
                do {
                    _ = try await client.createWorker(request)
                } catch let error as SheafError {
                    #expect(error.code == .ioError, "\(room): \(error)")
                    refused += 1
                    try await requireUnharmed(desk, client, release, room)
                }
                try disk.empty()
                let reply = try await client.createWorker(request)
                #expect(reply.worker.state == "created", "\(room)")
                let page = try await client.workers(after: nil, limit: 1000)
                #expect(page.workers.count == index + 1, "\(room)")
            }
            #expect(refused > 0 && refused < Self.rooms.count, "\(refused)")
        }
        try await daemon.end()
    }
}
