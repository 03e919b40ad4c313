import BundleModel
import BundleRepository
import Foundation
import LibGit2
import Synchronization
import TestSupport
import Testing

@testable import WorkerRuntime

@Suite("Whether a pin is available, asked again", .timeLimit(.minutes(3)))
struct AvailableAgainTests {
    private func ask(_ accepted: AcceptedSetup) async throws -> PinAvailability {
        let pin = accepted.second
        return try await accepted.runtime.availability(of: pin.digest, under: pin.commit) { _, _ in
            true
        }
    }

    /// Whether the answer comes from a look at the files.
    private func isShown(_ accepted: AcceptedSetup) -> Bool {
        let pin = accepted.second
        return accepted.runtime.available.shows(pin.digest, pin.commit) { _, _ in true }
    }

    /// Asks until the last change of the files is long enough ago to be remembered.
    private func remembered() async throws -> AcceptedSetup {
        let accepted = try await AcceptedSetup()
        let end = ContinuousClock.now + .seconds(20)
        while .now < end, !isShown(accepted) { #expect(try await ask(accepted) == .available) }
        #expect(isShown(accepted))
        #expect(try await ask(accepted) == .available)
        return accepted
    }

    @Test(
        "it is no longer as soon as its objects or its reference are not what they were",
        arguments: ["pack cut", "pack removed", "table cut", "reference removed", "all removed"])
    func gone(_ what: String) async throws {
        let accepted = try await remembered()
        let mirror = accepted.setup.mirror()
        let packs = mirror.appending(path: "objects/pack")
        let names = try FileManager.default.contentsOfDirectory(atPath: packs.path())
        func files(_ ending: String) -> [URL] {
            names.filter { $0.hasSuffix(ending) }.map { packs.appending(path: $0) }
        }
        switch what {
        case "pack cut", "table cut":
            for file in files(what == "pack cut" ? ".pack" : ".idx") {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: file.path())
                let handle = try FileHandle(forWritingTo: file)
                try handle.truncate(atOffset: 40)
                try handle.close()
            }
        case "pack removed":
            for file in files(".pack") { try FileManager.default.removeItem(at: file) }
        case "reference removed":
            try await accepted.setup.mirrorGit().check("update-ref", "-d", "refs/channels/latest")
        default: try FileManager.default.removeItem(at: mirror)
        }
        #expect(!isShown(accepted))
        let answer = try? await ask(accepted)
        #expect(answer != .available)
    }

    @Test("an older release is in service, the one that was remembered is not")
    func movedBack() async throws {
        let accepted = try await remembered()
        try await accepted.setup.mirrorGit().check(
            "update-ref", "refs/channels/latest", accepted.first.commit.hex)
        #expect(!isShown(accepted))
        guard case .missing = try await ask(accepted) else {
            Issue.record("a release that is not in service is available")
            return
        }
    }

    @Test("another digest under the commit, or a bundle out of sight, gets nothing from memory")
    func others() async throws {
        let accepted = try await remembered()
        let (first, second) = (accepted.first, accepted.second)
        let available = accepted.runtime.available
        #expect(!available.shows(first.digest, second.commit) { _, _ in true })
        #expect(!available.shows(second.digest, first.commit) { _, _ in true })
        #expect(!available.shows(second.digest, second.commit) { _, _ in false })
        let hidden = try await accepted.runtime.availability(
            of: second.digest, under: second.commit
        ) { _, _ in false }
        guard case .missing = hidden else {
            Issue.record("a bundle out of sight is available")
            return
        }
    }

    @Test("what its reference does not say itself is looked for each time")
    func indirect() async throws {
        let packed = try await AcceptedSetup { setup in
            try await setup.mirrorGit().check("pack-refs", "--all")
        }
        let symbolic = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let head = try await git.commit("refs/channels/latest")
            try await git.check("update-ref", "refs/other", head)
            try await git.check("symbolic-ref", "refs/channels/latest", "refs/other")
        }
        for accepted in [packed, symbolic] {
            let folder = accepted.setup.mirror().appending(path: "refs/channels").path()
            let files = ["\(folder)/latest", "\(accepted.setup.mirror().path())/packed-refs"]
            let end = ContinuousClock.now + .seconds(20)
            while .now < end, !files.compactMap({ FileStamp(path: $0) }).allSatisfy(\.isSettled) {}
            for _ in 1...3 { #expect(try await ask(accepted) == .available) }
            #expect(!isShown(accepted))
        }
    }

    @Test("the answer does not wait for what the store is at")
    func besideWork() async throws {
        let accepted = try await remembered()
        let (began, beganNow) = AsyncStream<Void>.makeStream()
        let isDone = Mutex(false)
        let busy = Task {
            await accepted.runtime.occupy {
                beganNow.yield()
            } until: {
                isDone.withLock { $0 }
            }
        }
        for await _ in began { break }
        let answer = try await ask(accepted)
        isDone.withLock { $0 = true }
        #expect(answer == .available)
        #expect(await busy.value)
    }

    @Test("of more releases than are remembered another is forgotten")
    func bounded() async throws {
        let available = AvailableReleases()
        let accepted = try await remembered()
        let evidence = try #require(try await accepted.runtime.evidence(for: accepted.second))
        let pins = try (0...AvailableReleases.maximum).map { number in
            ConfigBundleRef(
                workspace: try WorkspaceID("acme"), bundle: try BundleID("agents"),
                commit: try #require(
                    CommitID(String(repeating: "0", count: 35) + String(10_000 + number))),
                digest: BundleDigest(root: SHA256Value(hashing: [])))
        }
        func shown() -> Int {
            pins.count { available.shows($0.digest, $0.commit) { _, _ in true } }
        }
        for pin in pins.dropLast() { available.insert(pin, evidence) }
        #expect(shown() == AvailableReleases.maximum)
        available.insert(pins[0], evidence)
        #expect(shown() == AvailableReleases.maximum)
        available.insert(pins[AvailableReleases.maximum], evidence)
        #expect(shown() == AvailableReleases.maximum)
        available.remove(pins[AvailableReleases.maximum])
        #expect(shown() == AvailableReleases.maximum - 1)
    }
}

extension WorkerRuntime {
    fileprivate func evidence(for pin: ConfigBundleRef) throws -> AvailabilityEvidence? {
        try mirror(pin.workspace, pin.bundle).evidence(for: pin)
    }

    /// Keeps the store's queue busy until it need not be, as a long piece of work does. Returns
    /// whether it ended in time.
    fileprivate func occupy(
        _ begun: @Sendable () -> Void, until isDone: @Sendable () -> Bool
    ) -> Bool {
        begun()
        let end = ContinuousClock.now + .seconds(20)
        while .now < end {
            if isDone() { return true }
        }
        return false
    }
}
