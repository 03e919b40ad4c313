import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("After a sync that was killed")
struct KilledSyncTests {
    /// What killed processes were seen to leave, by where it lies in the mirror.
    static let leftovers = [
        "objects/pack/pack_git2_a1b2c3", "objects/pack/pack_git2_a1b2c3.lock",
        "objects/pack/tmp_pack_x", "refs/channels/latest.lock", "refs/incoming/latest.lock",
        "packed-refs.lock", "HEAD.lock", "config.lock",
        "objects/pack/pack-0123456789abcdef0123456789abcdef01234567.idx",
    ]

    @Test("the next one succeeds and cleans up after it", arguments: leftovers)
    func leftover(_ name: String) async throws {
        let accepted = try await AcceptedSetup { setup in
            let file = setup.mirror().appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("half of something".utf8).write(to: file)
        }
        let commit = try await accepted.next.put(in: accepted.git)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.outcome == .updated)
        #expect(result.pin.commit.hex == commit)
        let file = accepted.setup.mirror().appending(path: name).path(percentEncoded: false)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try await accepted.setup.leftovers() == [])
        try await accepted.setup.mirrorGit().check("fsck", "--full", "--strict")
    }

    @Test("what it had fetched is not in service, and goes with the next sync")
    func incoming() async throws {
        let accepted = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let head = try await git.commit("refs/channels/latest")
            try await git.check("update-ref", "refs/incoming/latest", head)
            try await git.check("update-ref", "refs/incoming/stable", head)
        }
        #expect(try await accepted.runtime.acceptedReleases().map(\.pin) == [accepted.second])
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(try await accepted.setup.leftovers() == [])
    }

    @Test("a mirror that was only just begun is made anew")
    func begun() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        try FileManager.default.createDirectory(
            at: setup.mirror().appending(path: "objects/pack"), withIntermediateDirectories: true)
        let bundle = try setup.bundle
        let runtime = try setup.runtime()
        #expect(try await runtime.sync(bundle, on: .latest).outcome == .accepted)
    }

    @Test(
        "a process killed while it waits for an answer leaves refs as they were",
        .timeLimit(.minutes(2)))
    func killed() async throws {
        let accepted = try await AcceptedSetup { setup in
            let stalled = try await StalledRepository(setup.git.program.directory)
            let sync = try DoomedSync(setup)
            let handle = try await stalled.asked()
            sync.kill()
            try handle.close()
            try stalled.recover()
        }
        #expect(try await accepted.runtime.pin(accepted.bundle, on: .latest) == accepted.second)
        let commit = try await accepted.next.put(in: accepted.git)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.pin.commit.hex == commit)
        #expect(try await accepted.setup.leftovers() == [])
    }

    @Test(
        "a process killed in the middle of a transfer leaves a part of it, which goes next time",
        .timeLimit(.minutes(2)))
    func killedInTransfer() async throws {
        let noise = (0..<400_000).map { _ in UInt8.random(in: 0...255) }
        let accepted = try await AcceptedSetup { setup in
            var bundle = SampleBundle.plain
            bundle.files["assets/noise.bin"] = noise
            try await setup.publish(bundle)
            let stalling = try await StallingGit(in: setup.directory, after: 100_000)
            let sync = try DoomedSync(setup, path: stalling.searchPath)
            let handle = try await stalling.stalled()
            // The part that has come is in a file of its own by now, or will never be.
            try await waiting(for: { try await !setup.leftovers().isEmpty })
            sync.kill()
            try handle.close()
            let head = try await setup.mirrorGit().lines("for-each-ref", "--format=%(refname)")
            #expect(head == ["refs/channels/latest"])
        }
        #expect(try await accepted.runtime.pin(accepted.bundle, on: .latest) == accepted.second)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.outcome == .updated)
        #expect(result.release.sequence == 3)
        #expect(
            try await accepted.runtime.contents(of: result.pin)
                .file(BundlePath("assets/noise.bin")) == noise)
        #expect(try await accepted.setup.leftovers() == [])
    }

    /// Asks until the answer is yes; the test's time limit ends what never comes.
    private func waiting(for condition: () async throws -> Bool) async throws {
        while try await !condition() { await Task.yield() }
    }
}
