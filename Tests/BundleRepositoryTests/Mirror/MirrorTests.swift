import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("A runtime's mirror of one bundle's releases")
struct MirrorTests {
    let workshop: Workshop
    let mirror: ReleaseMirror

    init() async throws {
        workshop = try await Workshop()
        mirror = try Self.mirror(workshop, creating: true)
    }

    private static func mirror(
        _ workshop: Workshop, creating: Bool = false, limits: ContentLimits = .standard
    ) throws -> ReleaseMirror {
        try ReleaseMirror(
            at: workshop.directory.path + "/mirror.git", workspace: try WorkspaceID("acme"),
            bundle: try Workshop.bundle, creating: creating, limits: limits)
    }

    private func fetch(
        _ channel: ChannelID = .latest, _ limits: ReleaseMirror.TransferLimits = .init(),
        cancelled: Bool = false
    ) async throws -> ReleaseMirror.Transfer {
        try await blocking { [mirror, workshop] () throws(SheafError) in
            try mirror.fetch(
                channel, from: RemoteRepository(path: workshop.repository.path), limits: limits,
                isCancelled: { cancelled })
        }
    }

    /// Runs a call that blocks on a thread of its own.
    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }

    private func check(
        _ transfer: ReleaseMirror.Transfer, highest: Int = 0, commit: CommitID? = nil
    ) throws -> ReleaseMirror.Checked {
        try mirror.check(
            transfer.commit, on: .latest,
            knowing: ChannelMemory(highestSequence: highest, commit: commit))
    }

    @discardableResult
    private func sync() async throws -> Release {
        let checked = try check(try await fetch())
        try mirror.accept(checked)
        return checked.release
    }

    /// Publishes the next revision and releases it.
    @discardableResult
    private func publish(_ text: String) async throws -> Release {
        try #require(try await workshop.publish(SampleBundle().prompt(text)).release)
    }

    private var references: [String] {
        get async throws {
            try await GitOracle(in: workshop.directory.appending("mirror.git")).lines(
                "for-each-ref", "--format=%(refname) %(objectname)")
        }
    }

    @Test("a fetch changes nothing in service; what was checked comes into service")
    func path() async throws {
        let release = try await publish("One.\n")
        let transfer = try await fetch()
        #expect(transfer.commit == release.commit && transfer.objects > 0 && transfer.bytes > 0)
        #expect(try await references == [])
        #expect(try mirror.accepted(.latest) == nil)
        #expect(try mirror.availability(release.pin, wasVerified: false) != .available)
        let checked = try check(transfer)
        #expect(checked.release == release)
        #expect(checked.files == SampleBundle().files.count)
        #expect(checked.documents.profiles.count == 1)
        #expect(try mirror.accepted(.latest) == nil)
        try mirror.accept(checked)
        #expect(try await references == ["refs/channels/latest \(release.commit)"])
        #expect(try mirror.accepted(.latest) == release)
        #expect(try mirror.acceptedChannels() == [.latest])
        #expect(try mirror.availability(release.pin, wasVerified: false) == .available)
        #expect(try mirror.verifyAnew(release.pin) == release)
        let git = GitOracle(in: workshop.directory.appending("mirror.git"))
        try await git.check("fsck", "--full", "--strict")
    }

    @Test("the next release brings what changed, and the pins of earlier ones stay good")
    func next() async throws {
        let first = try await publish("One.\n")
        try await sync()
        let second = try await publish("Two.\n")
        let transfer = try await fetch()
        // A commit, a blob and the three trees above it.
        #expect(transfer.objects == 5)
        try mirror.accept(try check(transfer, highest: 1, commit: first.commit))
        for release in [first, second] {
            #expect(try mirror.availability(release.pin, wasVerified: false) == .available)
            let pinned = try mirror.open(release.pin, wasVerified: false)
            let path = try BundlePath("prompts/coder/system.md")
            #expect(
                String(decoding: try pinned.file(path), as: UTF8.self)
                    == (release == first ? "One.\n" : "Two.\n"))
            await expectRefusal(.notFound) { try pinned.file(try BundlePath("assets/none")) }
        }
    }

    @Test("fetching again what is in service brings nothing and changes nothing")
    func same() async throws {
        let release = try await publish("One.\n")
        try await sync()
        let transfer = try await fetch()
        #expect(transfer.objects == 0)
        try mirror.accept(try check(transfer, highest: 1, commit: release.commit))
        #expect(try await references == ["refs/channels/latest \(release.commit)"])
    }

    @Test("what is not there, cannot be reached, takes too long or too much is said so")
    func failures() async throws {
        try await publish("One.\n")
        await expectRefusal(.notFound) { try await fetch(try ChannelID("stable")) }
        await expectRefusal(.cancelled) { try await fetch(cancelled: true) }
        await expectRefusal(.deadlineExceeded) {
            try await fetch(.latest, .init(deadline: .zero))
        }
        await expectRefusal(.limitExceeded) { try await fetch(.latest, .init(maximumBytes: 100)) }
        await expectRefusal(.remoteUnavailable) {
            try await blocking { [mirror] in
                try mirror.fetch(
                    .latest, from: RemoteRepository(path: "/nowhere/at/all"), limits: .init(),
                    isCancelled: { false })
            }
        }
        #expect(try await references == [])
        #expect(try mirror.accepted(.latest) == nil)
        try await sync()
    }

    @Test("a release that went back, forked or does not follow is refused and the other stays")
    func progress() async throws {
        let first = try await publish("One.\n")
        let second = try await publish("Two.\n")
        try await sync()
        // Back to the first.
        try await workshop.forge.setReference(Workshop.latest, first.commit.hex)
        let back = try await fetch()
        await expectRefusal(.releaseReplayed) { try check(back) }
        await expectRefusal(.releaseReplayed) { try check(back, highest: 2) }
        // Another release 2.
        let fork = try await workshop.forge.commit(
            like: second.commit.hex, .init(trailers: ["Release-Reason": "another"]))
        try await workshop.forge.setReference(Workshop.latest, fork)
        let forked = try await fetch()
        await expectRefusal(.releaseConflict) { try check(forked) }
        // A release 3 behind the other release 2.
        let third = try await workshop.forge.commit(
            like: second.commit.hex, .init(parents: [fork], trailers: ["Release-Sequence": "3"]))
        try await workshop.forge.setReference(Workshop.latest, third)
        let rewritten = try await fetch()
        await expectRefusal(.historyRewritten) { try check(rewritten) }
        // Numbers that skip.
        let skipping = try await workshop.forge.commit(
            like: second.commit.hex,
            .init(parents: [second.commit.hex], trailers: ["Release-Sequence": "4"]))
        try await workshop.forge.setReference(Workshop.latest, skipping)
        let skipped = try await fetch()
        await expectRefusal(.historyRewritten) { try check(skipped) }
        #expect(try mirror.accepted(.latest) == second)
        #expect(try mirror.availability(second.pin, wasVerified: false) == .available)
    }

    @Test("a first release is checked back to the beginning of its chain")
    func chain() async throws {
        let first = try await publish("One.\n")
        let second = try await publish("Two.\n")
        let middle = try await workshop.forge.commit(
            like: second.commit.hex, .init(trailers: ["Release-Sequence": "7"]))
        let last = try await workshop.forge.commit(
            like: second.commit.hex, .init(parents: [middle], trailers: ["Release-Sequence": "8"]))
        try await workshop.forge.setReference(Workshop.latest, last)
        let transfer = try await fetch()
        await expectRefusal(.historyRewritten) { try check(transfer) }
        #expect(first.sequence == 1)
    }

    @Test(
        "a release whose contents or claims are wrong is refused",
        arguments: [
            ("Bundle-Digest", "sha256:" + String(repeating: "0", count: 64), .digestMismatch),
            ("Bundle-Workspace", "other", .workspaceMismatch),
            ("Bundle-Id", "other", .workspaceMismatch),
            ("Release-Channel", "stable", .workspaceMismatch),
            ("Release-Reason", nil, .provenanceInvalid),
            ("Bundle-Revision", "x", .provenanceInvalid),
        ] as [(String, String?, SheafError.Code)])
    func claims(name: String, value: String?, code: SheafError.Code) async throws {
        let release = try await publish("One.\n")
        let forged = try await workshop.forge.commit(
            like: release.commit.hex, .init(trailers: [name: value]))
        try await workshop.forge.setReference(Workshop.latest, forged)
        let transfer = try await fetch()
        await expectRefusal(code) { try check(transfer) }
        #expect(try mirror.accepted(.latest) == nil)
        let pin = try #require(CommitID(forged))
        let reference = ConfigBundleRef(
            workspace: mirror.workspace, bundle: mirror.bundle, commit: pin,
            digest: release.pin.digest)
        guard case .missing = try mirror.availability(reference, wasVerified: false) else {
            Issue.record("a refused release is available")
            return
        }
        await expectRefusal(.bundleMissing) { try mirror.open(reference, wasVerified: false) }
        await expectRefusal(.bundleMissing) { try mirror.hold(pin) }
    }

    @Test("a host with lower limits refuses what is over them")
    func limits() async throws {
        try await workshop.publish(
            SampleBundle().with("assets/big", String(repeating: "x", count: 5000)))
        var limits = ContentLimits()
        limits.fileBytes = 4999
        let small = try Self.mirror(workshop, limits: limits)
        let transfer = try await fetch()
        let error = await expectRefusal(.limitExceeded) {
            try small.check(transfer.commit, on: .latest, knowing: nil)
        }
        #expect(error?.findings.map(\.path) == ["assets/big"])
    }

    @Test("a commit that is no release is never in service")
    func noRelease() async throws {
        let release = try await publish("One.\n")
        let revision = release.provenance.revisionCommit.hex
        let tree = try await workshop.git.text("rev-parse", "\(revision)^{tree}")
        for target in [revision, tree] {
            // Git itself refuses a branch that is no commit.
            if target == tree {
                let file = workshop.repository.path + "/" + Workshop.latest
                try Data((tree + "\n").utf8).write(to: URL(filePath: file))
            } else {
                try await workshop.forge.setReference(Workshop.latest, target)
            }
            do {
                let transfer = try await fetch()
                #expect(transfer.commit.hex == target)
                await expectRefusal(.provenanceInvalid) {
                    try check(transfer)
                }
            } catch let error as SheafError {
                #expect(target == tree, "\(error)")
            }
            #expect(try mirror.accepted(.latest) == nil)
        }
    }

    @Test("a pin of what never was accepted is missing, and one with other contents mismatches")
    func availability() async throws {
        let first = try await publish("One.\n")
        try await sync()
        let second = try await publish("Two.\n")
        _ = try await fetch()
        let pin = first.pin
        func make(_ commit: CommitID, _ digest: BundleDigest) -> ConfigBundleRef {
            ConfigBundleRef(
                workspace: pin.workspace, bundle: pin.bundle, commit: commit, digest: digest)
        }
        let nowhere = try #require(CommitID(String(repeating: "1", count: 40)))
        let tree = try #require(
            CommitID(try await workshop.git.text("rev-parse", "\(first.commit)^{tree}")))
        for commit in [second.commit, nowhere, first.provenance.revisionCommit, tree] {
            guard
                case .missing(let reason) = try mirror.availability(
                    make(commit, pin.digest), wasVerified: false)
            else {
                Issue.record("\(commit) is not missing")
                continue
            }
            #expect(!reason.isEmpty)
            await expectRefusal(.bundleMissing) {
                try mirror.open(make(commit, pin.digest), wasVerified: false)
            }
        }
        guard
            case .digestMismatch = try mirror.availability(
                make(pin.commit, second.pin.digest), wasVerified: false)
        else {
            Issue.record("another digest is no mismatch")
            return
        }
        await expectRefusal(.digestMismatch) {
            try mirror.open(make(pin.commit, second.pin.digest), wasVerified: false)
        }
        // The right pin does not make a wrong one right.
        _ = try mirror.open(pin, wasVerified: false)
        await expectRefusal(.digestMismatch) {
            try mirror.open(make(pin.commit, second.pin.digest), wasVerified: false)
        }
        for (workspace, bundle) in [("other", "support-agents"), ("acme", "other")] {
            await expectRefusal(.workspaceMismatch) {
                try mirror.availability(
                    ConfigBundleRef(
                        workspace: try WorkspaceID(workspace), bundle: try BundleID(bundle),
                        commit: pin.commit, digest: pin.digest), wasVerified: false)
            }
        }
    }

    @Test("only an accepted release is held, as often as asked, and let go once")
    func holding() async throws {
        let first = try await publish("One.\n")
        try await sync()
        let second = try await publish("Two.\n")
        _ = try await fetch()
        await expectRefusal(.bundleMissing) { try mirror.hold(second.commit) }
        await expectRefusal(.bundleMissing) {
            try mirror.hold(try #require(CommitID(String(repeating: "1", count: 40))))
        }
        await expectRefusal(.bundleMissing) { try mirror.hold(first.provenance.revisionCommit) }
        #expect(try mirror.held() == [])
        try mirror.hold(first.commit)
        try mirror.hold(first.commit)
        #expect(try mirror.held() == [first.commit])
        #expect(
            try await references.contains("refs/pins/\(first.commit) \(first.commit)"))
        // A pin keeps a release available after its channel is gone.
        let git = GitOracle(in: workshop.directory.appending("mirror.git"))
        try await git.check("update-ref", "-d", "refs/channels/latest")
        #expect(try mirror.availability(first.pin, wasVerified: false) == .available)
        try mirror.hold(first.commit)
        try mirror.letGo(first.commit)
        try mirror.letGo(first.commit)
        #expect(try mirror.held() == [])
        #expect(try mirror.availability(first.pin, wasVerified: false) != .available)
    }

    @Test("a release that was checked before another came into service does not replace it")
    func acceptance() async throws {
        try await publish("One.\n")
        try await sync()
        try await publish("Two.\n")
        let older = try check(try await fetch())
        try await publish("Three.\n")
        let newer = try check(try await fetch())
        try mirror.accept(newer)
        await expectRefusal(.conflict) { try mirror.accept(older) }
        #expect(try mirror.accepted(.latest) == newer.release)
        // The same once more is no conflict.
        try mirror.accept(newer)
    }

    @Test("leftovers of a killed transfer are removed, what is in service stays")
    func leftovers() async throws {
        let first = try await publish("One.\n")
        try await sync()
        try await publish("Two.\n")
        _ = try await fetch()
        let file = "mirror.git/objects/pack/pack_git2_123456"
        try workshop.directory.write("rubbish", to: file)
        try mirror.removeLeftovers()
        #expect(
            !FileManager.default.fileExists(atPath: workshop.directory.path + "/" + file))
        #expect(try await references == ["refs/channels/latest \(first.commit)"])
        #expect(try await sync().sequence == 2)
    }

    @Test("a mirror that is not there is missing, and one that is damaged is corrupt")
    func opening() async throws {
        let place = try TemporaryDirectory()
        let open = { (path: String, creating: Bool) in
            try ReleaseMirror(
                at: place.path + path, workspace: try WorkspaceID("acme"),
                bundle: try Workshop.bundle, creating: creating)
        }
        #expect { try open("/none", false) } throws: { ($0 as? SheafError)?.code == .bundleMissing }
        try place.write("x", to: "bad/HEAD")
        #expect { try open("/bad", false) } throws: { ($0 as? SheafError)?.code == .storeCorrupt }
        #expect { try open("/bad", true) } throws: { ($0 as? SheafError)?.code == .storeCorrupt }
        // A process that was killed while it made the mirror.
        try place.makeDirectory("half/objects/pack")
        try place.makeDirectory("half/refs")
        #expect(try open("/half", true).acceptedChannels() == [])
    }

    @Test("a mirror goes with its last user, and a pinned bundle is one")
    func lifetime() async throws {
        let release = try await publish("One.\n")
        try await sync()
        weak var weakly: ReleaseMirror?
        do {
            let other = try Self.mirror(workshop)
            weakly = other
            let pinned = try other.open(release.pin, wasVerified: false)
            #expect(try pinned.file(try BundlePath("README.md")).count > 0)
        }
        #expect(weakly == nil)
        let pinned = try Self.mirror(workshop).open(release.pin, wasVerified: false)
        let path = try BundlePath("README.md")
        #expect(try pinned.file(path) == SampleBundle().files["README.md"])
        #expect(try pinned.file(path, remembering: false) == (try pinned.file(path)))
    }

    @Test("files of a pinned release that are gone from the disk are a corrupt store")
    func damage() async throws {
        let release = try await publish("One.\n")
        try await sync()
        let packs = workshop.directory.path + "/mirror.git/objects/pack"
        for name in try FileManager.default.contentsOfDirectory(atPath: packs) {
            try FileManager.default.removeItem(atPath: "\(packs)/\(name)")
        }
        let fresh = try Self.mirror(workshop)
        await expectRefusal(.storeCorrupt) { try fresh.accepted(.latest) }
        guard case .missing = try fresh.availability(release.pin, wasVerified: false) else {
            Issue.record("a release without objects is available")
            return
        }
    }
}
