import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A store over many syncs")
struct GrowthTests {
    /// How many releases are synced; more by a variable of the environment.
    private static let syncs =
        ProcessInfo.processInfo.environment["SHEAF_TEST_SYNCS"].flatMap { Int($0) } ?? 1000

    @Test("a thousand syncs leave few packs, and every release is there", .timeLimit(.minutes(20)))
    func thousand() async throws {
        let setup = try await RuntimeSetup(isInMemory: true)
        let chain = try await ReleaseChain(Self.syncs, in: setup)
        let runtime = try setup.runtime()
        let bundle = try setup.bundle
        var most = 0
        for number in 1...Self.syncs {
            try chain.put(number)
            let result = try await runtime.sync(bundle, on: .latest)
            #expect(result.release.sequence == number)
            most = max(most, try packs(of: setup).count)
        }
        #expect(most <= 10)
        try await setup.mirrorGit().check("fsck", "--full", "--strict")
        let first = try #require(CommitID(chain.commits[0]))
        let digest = try SampleBundle.plain.saying("You fix ticket 1.").digest
        let pin = ConfigBundleRef(
            workspace: setup.workspace, bundle: bundle, commit: first, digest: digest)
        #expect(try await runtime.availability(pin) == .available)
        #expect(
            try await runtime.contents(of: pin).file(BundlePath("prompts/system.md"))
                == Array("You fix ticket 1.\n".utf8))
        let report = try await runtime.collect()
        #expect(try packs(of: setup).count == 1)
        #expect(report.bundles.map(\.droppedObjects) == [0])
        try await setup.mirrorGit().check("fsck", "--full", "--strict")
        #expect(try await runtime.verify(pin).sequence == 1)
    }

    @Test("what refused releases brought goes by itself when it outweighs the rest")
    func refused() async throws {
        let accepted = try await AcceptedSetup()
        await accepted.runtime.keepSmall(within: .init(bytes: 100_000))
        for number in 0..<4 {
            var release = accepted.next
            release.contents.files["assets/noise.bin"] = (0..<60_000).map { _ in
                UInt8.random(in: 0...255)
            }
            release.digest = "sha256:" + String(repeating: "\(number)", count: 64)
            try await release.put(in: accepted.git)
            await failing(.digestMismatch) {
                try await accepted.runtime.sync(accepted.bundle, on: .latest)
            }
            #expect(try bytes(of: accepted.setup) < 200_000)
        }
        #expect(try await accepted.runtime.verify(accepted.first).sequence == 1)
        try await accepted.setup.mirrorGit().check("fsck", "--full", "--strict")
    }

    private func packs(of setup: RuntimeSetup) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: setup.mirror().appending(path: "objects/pack"),
            includingPropertiesForKeys: [.fileSizeKey]
        ).filter { $0.pathExtension == "pack" }
    }

    private func bytes(of setup: RuntimeSetup) throws -> Int {
        try packs(of: setup).reduce(0) {
            try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0)
        }
    }
}
