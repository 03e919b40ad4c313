import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Collection")
struct CollectionTests {
    private func worker(
        _ id: String, _ accepted: AcceptedSetup, _ pin: ConfigBundleRef
    ) async throws -> WorkerID {
        let id = try WorkerID(id)
        try await accepted.runtime.createWorker(
            CreateWorkerRequest(
                id: id, selector: .named(ProfileID("coder")), pin: pin, input: "go"))
        return id
    }

    private func collect(
        _ runtime: WorkerRuntime, dryRun: Bool = false
    ) async throws -> BundleCollection {
        let report = try await runtime.collect(dryRun: dryRun)
        let bundle = try #require(report.bundles.first)
        #expect(report.isDryRun == dryRun && report.bundles.count == 1)
        #expect(bundle.failure == nil)
        return bundle
    }

    private func packs(_ setup: RuntimeSetup) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: setup.mirror().appending(path: "objects/pack").path(percentEncoded: false)
        ).filter { $0.hasSuffix(".pack") }.sorted()
    }

    /// A release that is refused; its objects stay.
    private func refuse(_ accepted: AcceptedSetup) async throws -> CommitID {
        var release = accepted.next
        release.digest = "sha256:" + String(repeating: "0", count: 64)
        let commit = try await release.put(in: accepted.git)
        await failing(.digestMismatch) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        return try #require(CommitID(commit))
    }

    @Test("it says what is kept and why, what goes and why, and changes nothing when dry")
    func explained() async throws {
        let accepted = try await AcceptedSetup()
        let worker = try await worker("one", accepted, accepted.first)
        let refused = try await refuse(accepted)
        let before = try packs(accepted.setup)
        for access in [StoreAccess.owner, .reader] {
            let runtime =
                access == .owner ? accepted.runtime : try accepted.setup.runtime(.reader)
            let report = try await collect(runtime, dryRun: true)
            #expect(
                report.kept.map(\.reason).contains(.followed(.latest))
                    && report.kept.map(\.reason).contains(.workers([worker])))
            #expect(report.kept.map(\.commit) == [accepted.second.commit, accepted.first.commit])
            let dropped = try #require(report.dropped.first)
            #expect(report.dropped.count == 1 && dropped.commit == refused)
            #expect(dropped.channel == .latest && dropped.sequence == 3)
            #expect(dropped.reason == .refused(.digestMismatch))
            #expect(report.droppedObjects > 0 && report.droppedBytes > 0)
            #expect(report.packsAfter == report.packsBefore && report.packsBefore == before.count)
            #expect(try packs(accepted.setup) == before)
        }
        let done = try await collect(accepted.runtime)
        #expect(done.dropped.map(\.commit) == [refused])
        #expect(done.packsAfter == 1 && done.bytesAfter < done.bytesBefore)
        #expect(try packs(accepted.setup).count == 1)
        let git = accepted.setup.mirrorGit()
        try await git.check("fsck", "--full", "--strict")
        #expect(try await !git.run(["cat-file", "-e", refused.hex]).succeeded)
        #expect(try await accepted.runtime.verify(accepted.second).sequence == 2)
        #expect(try await accepted.runtime.verify(accepted.first).sequence == 1)
        // The next one finds nothing to do, and the next sync brings the release again.
        let again = try await collect(accepted.runtime)
        #expect(again.dropped.isEmpty && again.bytesAfter == done.bytesAfter)
        try await accepted.expectRecovery()
    }

    @Test("a bundle that the host policy serves no more goes, but for what live workers use")
    func notFollowed() async throws {
        let accepted = try await AcceptedSetup()
        let worker = try await worker("one", accepted, accepted.first)
        try accepted.setup.write(
            policy: """
                schema: sheaf/host-policy/v1
                workspaces:
                  acme: { repository: /nowhere, bundles: [another] }
                """)
        let dry = try await collect(accepted.runtime, dryRun: true)
        #expect(dry.dropped.map(\.reason) == [.notFollowed])
        #expect(try await accepted.runtime.acceptedReleases().count == 1)
        let report = try await collect(accepted.runtime)
        #expect(report.kept.map(\.reason) == [.workers([worker])])
        #expect(report.dropped.map(\.commit) == [accepted.second.commit])
        #expect(try await accepted.runtime.acceptedReleases().isEmpty)
        #expect(try await accepted.runtime.verify(accepted.first).sequence == 1)
        try await accepted.setup.mirrorGit().check("fsck", "--full", "--strict")
        // What was accepted is remembered: an older release does not come back that way.
        try accepted.setup.writePolicy()
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.first.commit.hex)
        await failing(.releaseReplayed) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
    }

    @Test("with the last worker on it, a release that no channel has goes too")
    func workerEnded() async throws {
        let accepted = try await AcceptedSetup()
        let worker = try await worker("one", accepted, accepted.second)
        try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: "a test")
        #expect(try await collect(accepted.runtime).dropped.isEmpty)
        try await accepted.runtime.stopWorker(worker)
        let report = try await collect(accepted.runtime)
        #expect(report.dropped.map(\.reason) == [.forgotten])
        #expect(report.keptObjects == 0 && report.packsAfter == 0)
        try await accepted.setup.mirrorGit().check("fsck", "--full")
        #expect(try await accepted.runtime.sync(accepted.bundle, on: .latest).outcome == .accepted)
    }

    @Test("under a policy that cannot be read nothing is collected")
    func noPolicy() async throws {
        let accepted = try await AcceptedSetup()
        try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\nno-such-key: 1\n")
        let before = try packs(accepted.setup)
        await failing(.hostPolicyInvalid) { try await accepted.runtime.collect() }
        #expect(try packs(accepted.setup) == before)
    }

    @Test("a bundle that has lost an object is reported, and nothing of it is removed")
    func damaged() async throws {
        let accepted = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let blob = try await git.text("rev-parse", "refs/channels/latest:prompts/system.md")
            // Everything but one object, in one pack of git's.
            let all = try await git.lines("rev-list", "--objects", "--all")
                .map { String($0.prefix(40)) }.filter { $0 != blob }
            let pack = try await git.check(
                "pack-objects", "-q", "objects/pack/pack",
                input: Array((all.joined(separator: "\n") + "\n").utf8)
            ).trimmed
            let folder = setup.mirror().appending(path: "objects/pack")
            for file in try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            where !file.lastPathComponent.contains(pack) {
                try FileManager.default.removeItem(at: file)
            }
        }
        let before = try packs(accepted.setup)
        let report = try await accepted.runtime.collect()
        #expect(report.bundles.first?.failure?.code == .storeCorrupt)
        #expect(try packs(accepted.setup) == before)
        // What a failure says to do is there, and in the JSON of the report.
        let json = String(
            decoding: try JSONEncoder().encode(#require(report.bundles.first)), as: UTF8.self)
        let told = json.replacing(
            "\"problem\":{", with: "\"problem\":{\"hint\":\"do it again\",", maxReplacements: 1)
        let read = try JSONDecoder().decode(BundleCollection.self, from: Data(told.utf8))
        #expect(read.failure?.hint == "do it again")
        #expect(read.failure?.details == report.bundles.first?.failure?.details)
    }

    @Test("what an operator's git left in the mirror is taken over: loose, packed, its tables")
    func foreign() async throws {
        let accepted = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let blob = try await git.check(
                "hash-object", "-w", "--stdin", input: Array("lost".utf8)
            ).trimmed
            try await git.check("tag", "mine", "refs/channels/latest", "-m", "held")
            try await git.check("multi-pack-index", "write")
            try await git.check("commit-graph", "write", "--reachable")
            #expect(try await git.run(["cat-file", "-e", blob]).succeeded)
        }
        let report = try await collect(accepted.runtime)
        #expect(report.kept.map(\.reason).contains(.reference("refs/tags/mine")))
        #expect(report.droppedObjects == 1)
        let git = accepted.setup.mirrorGit()
        try await git.check("fsck", "--full", "--strict")
        #expect(try await git.text("count-objects") == "0 objects, 0 kilobytes")
        #expect(try await git.text("cat-file", "-t", "refs/tags/mine") == "tag")
    }
}
