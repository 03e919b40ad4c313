import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a host has verified")
struct VerifiedTests {
    private static let rows =
        "SELECT commitID FROM verified WHERE rulesVersion = \(BundleCheck.rulesVersion) "
        + "ORDER BY digest"

    /// Puts a release in service behind the runtime's back, as an earlier version may have done.
    private static func putInService(
        _ release: ForgedRelease, in setup: RuntimeSetup
    ) async throws -> ConfigBundleRef {
        let git = setup.mirrorGit()
        let commit = try await release.commit(in: git)
        try await git.check("update-ref", "refs/channels/latest", commit)
        return ConfigBundleRef(
            workspace: setup.workspace, bundle: try setup.bundle,
            commit: try #require(CommitID(commit)),
            digest: try release.digest.flatMap { BundleDigest($0) } ?? release.contents.digest)
    }

    /// A third release with an entry that no rule of today allows.
    private static func refused(_ parent: String) -> ForgedRelease {
        ForgedRelease(
            revision: 3, sequence: 3, parents: [parent],
            contents: .plain.saying("The third.").with(["scripts/run.sh": "true"]))
    }

    @Test("an accepted release stays in service when the rules have become stricter")
    func stricter() async throws {
        var pin: ConfigBundleRef?
        let accepted = try await AcceptedSetup { setup in
            let head = try await setup.mirrorGit().commit("refs/channels/latest")
            let third = try await Self.putInService(Self.refused(head), in: setup)
            try await StoreRows(setup).rememberVerified(third)
            pin = third
        }
        let third = try #require(pin)
        let contents = try await accepted.runtime.contents(of: third)
        #expect(contents.findings.map(\.code) == [.unsupportedDeclaration])
        #expect(
            try contents.file(BundlePath("prompts/system.md")) == Array("The third.\n".utf8))
        let created = try await accepted.runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID("one"), selector: .bundleDefault, pin: third, input: ""))
        #expect(created.worker.pin == third)
        // Asked for, today's rules say what they find.
        await failing(.unsupportedDeclaration) { try await accepted.runtime.verify(third) }
    }

    @Test("a secret in a release that nobody verified is refused when a worker is to be created")
    func forbidden() async throws {
        var pin: ConfigBundleRef?
        let accepted = try await AcceptedSetup { setup in
            let head = try await setup.mirrorGit().commit("refs/channels/latest")
            let release = ForgedRelease(
                revision: 3, sequence: 3, parents: [head],
                contents: .plain.with(["assets/.env": "LOG=info\nDATABASE_PASSWORD=hunter2\n"]))
            pin = try await Self.putInService(release, in: setup)
        }
        let third = try #require(pin)
        let error = await failing(.forbiddenContent) {
            try await accepted.runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: third, input: ""))
        }
        #expect(error?.findings.map(\.location).first == "assets/.env:2:19")
        #expect(try await accepted.runtime.workers().isEmpty)
    }

    @Test("lower limits of the host do not take an accepted release out of service")
    func lowerLimits() async throws {
        let accepted = try await AcceptedSetup()
        let limits = ContentLimits(files: 2, fileBytes: 10, bundleBytes: 20)
        let reader = try accepted.setup.runtime(.reader, limits: limits)
        let contents = try await reader.contents(of: accepted.second)
        #expect(
            try contents.file(BundlePath("prompts/system.md")) == Array("The second.\n".utf8))
    }

    @Test("the digest of what was verified is not computed again by another process")
    func digest() async throws {
        let other = String(repeating: "0", count: 64)
        var pin: ConfigBundleRef?
        let accepted = try await AcceptedSetup { setup in
            let head = try await setup.mirrorGit().commit("refs/channels/latest")
            let release = ForgedRelease(
                revision: 3, sequence: 3, digest: "sha256:\(other)", parents: [head])
            let third = try await Self.putInService(release, in: setup)
            try await StoreRows(setup).rememberVerified(third)
            pin = third
        }
        let third = try #require(pin)
        #expect(try await accepted.runtime.contents(of: third).findings == [])
        await failing(.digestMismatch) { try await accepted.runtime.verify(third) }
    }

    @Test("what was never verified is, before a worker is created from it")
    func unknown() async throws {
        var pin: ConfigBundleRef?
        let accepted = try await AcceptedSetup { setup in
            let head = try await setup.mirrorGit().commit("refs/channels/latest")
            pin = try await Self.putInService(Self.refused(head), in: setup)
        }
        let third = try #require(pin)
        await failing(.unsupportedDeclaration) {
            try await accepted.runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: third, input: ""))
        }
        #expect(
            try await StoreRows(accepted.setup).texts(Self.rows).contains(third.commit.hex)
                == false)
    }

    @Test("a sync remembers what it verified, and the first use what no sync did")
    func remembered() async throws {
        let accepted = try await AcceptedSetup { setup in
            let rows = try StoreRows(setup)
            #expect(try await rows.texts(Self.rows).count == 2)
            try await rows.run("DELETE FROM verified")
        }
        _ = try await accepted.setup.runtime(.reader).contents(of: accepted.second)
        #expect(try await StoreRows(accepted.setup).texts(Self.rows) == [])
        _ = try await accepted.runtime.contents(of: accepted.second)
        #expect(
            try await StoreRows(accepted.setup).texts(Self.rows) == [accepted.second.commit.hex])
    }

    @Test("a release that was refused is not remembered as verified")
    func refusal() async throws {
        let accepted = try await AcceptedSetup()
        var release = accepted.next
        release.contents = release.contents.with(["scripts/run.sh": "true"])
        let commit = try await release.put(in: accepted.git)
        try await accepted.expectRefusal(.unsupportedDeclaration)
        #expect(
            try await StoreRows(accepted.setup).texts("SELECT commitID FROM verified")
                .contains(commit) == false)
    }
}
