import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A channel in a file")
struct AirGapTests {
    /// A host with two releases, a file to write, and a host without a network.
    private struct Hosts {
        let accepted: AcceptedSetup
        let isolated: RuntimeSetup
        let runtime: WorkerRuntime
        let file: String

        init() async throws {
            accepted = try await AcceptedSetup()
            isolated = try await RuntimeSetup()
            try isolated.writePolicy(repository: "/nowhere")
            runtime = try isolated.runtime()
            file = isolated.directory.appending("a.bundle").path(percentEncoded: false)
        }

        func export(since base: ExportBase? = nil) async throws -> ExportResult {
            try await accepted.runtime.export(
                accepted.bundle, on: .latest, since: base, to: file, replacing: true)
        }
    }

    @Test("whole: what is imported is what was exported, and git reads the file")
    func whole() async throws {
        let hosts = try await Hosts()
        let exported = try await hosts.export()
        #expect(exported.release.pin == hosts.accepted.second && exported.base == nil)
        let size = try FileManager.default.attributesOfItem(atPath: hosts.file)[.size] as? Int
        #expect(size == exported.bytes)
        // In a repository that has nothing, and in one that has it all.
        let empty = try await GitOracle(
            bareRepositoryAt: hosts.isolated.directory.appending("empty.git"))
        for git in [empty, hosts.accepted.setup.mirrorGit()] {
            let verified = try await git.check("bundle", "verify", hosts.file)
            #expect(verified.text.contains("complete history"))
        }
        try await empty.check("clone", "-q", hosts.file, "clone")
        let clone = GitOracle(in: hosts.isolated.directory.appending("empty.git/clone"))
        #expect(try await clone.commit("HEAD") == hosts.accepted.second.commit.hex)
        #expect(try await clone.text("show", "HEAD:prompts/system.md") == "The second.")
        try await empty.check("fetch", "-q", hosts.file, "refs/heads/*:refs/heads/*")
        #expect(
            try await empty.commit("refs/heads/channels/support-agents/latest")
                == hosts.accepted.second.commit.hex)
        try await empty.check("fsck", "--full", "--strict")

        let result = try await hosts.runtime.importFile(hosts.file)
        #expect(result.outcome == .accepted && result.pin == hosts.accepted.second)
        #expect(result.objects == exported.objects)
        #expect(try await hosts.runtime.verify(hosts.accepted.first).sequence == 1)
        try await hosts.isolated.mirrorGit().check("fsck", "--full", "--strict")
        #expect(try await hosts.isolated.leftovers() == [])
        #expect(try await hosts.runtime.importFile(hosts.file).outcome == .unchanged)
    }

    @Test("from an earlier release on: it needs that release, and brings what came after")
    func since() async throws {
        let hosts = try await Hosts()
        let base = try await hosts.export(since: .sequence(1))
        #expect(base.base?.pin == hosts.accepted.first)
        // A host, and a git, that have nothing are told what is needed.
        let error = await failing(.bundleMissing) {
            try await hosts.runtime.importFile(hosts.file)
        }
        #expect(error?.details["needed"] == hosts.accepted.first.commit.hex)
        #expect(!FileManager.default.fileExists(atPath: hosts.isolated.mirror().path))
        let empty = try await GitOracle(
            bareRepositoryAt: hosts.isolated.directory.appending("empty.git"))
        #expect(try await !empty.run(["bundle", "verify", hosts.file]).succeeded)
        try await hosts.accepted.setup.mirrorGit().check("bundle", "verify", hosts.file)

        let whole = hosts.isolated.directory.appending("whole.bundle").path(percentEncoded: false)
        try await hosts.accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest",
            hosts.accepted.first.commit.hex)
        // Git's own file of the first release is as good as ours.
        try await hosts.accepted.git.check(
            "bundle", "create", "--version=2", whole, "refs/heads/channels/support-agents/latest")
        #expect(try await hosts.runtime.importFile(whole).pin == hosts.accepted.first)
        let result = try await hosts.runtime.importFile(hosts.file)
        #expect(result.outcome == .updated && result.pin == hosts.accepted.second)
        #expect(result.objects == base.objects)
        try await hosts.isolated.mirrorGit().check("fsck", "--full", "--strict")
        // The older file again is a replay.
        await failing(.releaseReplayed) { try await hosts.runtime.importFile(whole) }
        #expect(try await hosts.runtime.pin(hosts.accepted.bundle, on: .latest) == result.pin)
        try await hosts.isolated.mirrorGit().check("fsck", "--full", "--strict")
    }

    @Test("a thin file of git's, whose deltas build on what is here, is imported")
    func thin() async throws {
        let hosts = try await Hosts()
        _ = try await hosts.export()
        try await hosts.runtime.importFile(hosts.file)
        let commit = try await hosts.accepted.next.put(in: hosts.accepted.git)
        let branch = "refs/heads/channels/support-agents/latest"
        try await hosts.accepted.git.check(
            "bundle", "create", "--version=2", hosts.file,
            "\(hosts.accepted.second.commit.hex)..\(branch)", branch)
        #expect(try await hosts.runtime.importFile(hosts.file).pin.commit.hex == commit)
        try await hosts.isolated.mirrorGit().check("fsck", "--full", "--strict")
    }

    @Test("a file that is there is replaced only on demand")
    func replaced() async throws {
        let hosts = try await Hosts()
        try Data("mine".utf8).write(to: URL(filePath: hosts.file))
        await failing(.conflict) {
            try await hosts.accepted.runtime.export(
                hosts.accepted.bundle, on: .latest, to: hosts.file)
        }
        #expect(try Data(contentsOf: URL(filePath: hosts.file)) == Data("mine".utf8))
        _ = try await hosts.export()
        let names = try FileManager.default.contentsOfDirectory(
            atPath: hosts.isolated.directory.path)
        #expect(!names.contains { $0.contains(".new-") })
    }

    @Test("a base that the channel does not have before its newest release is refused")
    func noBase() async throws {
        let hosts = try await Hosts()
        await failing(.notFound) { try await hosts.export(since: .sequence(7)) }
        await failing(.invalidRequest) { try await hosts.export(since: .sequence(2)) }
        await failing(.invalidRequest) {
            try await hosts.export(since: .release(hosts.accepted.second.commit))
        }
        let other = try #require(CommitID(String(repeating: "a", count: 40)))
        await failing(.notFound) { try await hosts.export(since: .release(other)) }
        #expect(!FileManager.default.fileExists(atPath: hosts.file))
    }

    @Test("a file that is refused is in no way of a sync of the same bundle, which waits for it")
    func beside() async throws {
        let accepted = try await AcceptedSetup()
        let file = accepted.setup.directory.appending("a.bundle").path(percentEncoded: false)
        _ = try await accepted.runtime.export(accepted.bundle, on: .latest, to: file)
        var bytes = Array(try Data(contentsOf: URL(filePath: file)))
        bytes[Self.pack(bytes) + 60] ^= 0xFF
        try Data(bytes).write(to: URL(filePath: file))
        for round in 0..<8 {
            let runtime = try WorkerRuntime.open(
                store: accepted.setup.directory.appending("store-\(round)")
                    .path(percentEncoded: false), policy: accepted.setup.policy)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        await failing(.malformedBundle) { try await runtime.importFile(file) }
                    }
                }
                group.addTask {
                    let result = try await runtime.sync(accepted.bundle, on: .latest)
                    #expect(result.pin == accepted.second)
                }
                try await group.waitForAll()
            }
            #expect(try await runtime.pin(accepted.bundle, on: .latest) == accepted.second)
            #expect(try await runtime.verify(accepted.first).sequence == 1)
        }
    }

    // MARK: Hostile files

    /// What is wrong with a release, and not with the way to it.
    static let faults =
        SyncRefusalTests.order + SyncRefusalTests.provenance + [SyncRefusalTests.noCommit]
        + SyncRefusalTests.names + SyncRefusalTests.contents

    /// A file that is no right one, made of a right one.
    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: SheafError.Code
        let change: @Sendable (inout [UInt8]) -> Void

        init(
            _ description: String, _ code: SheafError.Code,
            _ change: @escaping @Sendable (inout [UInt8]) -> Void
        ) {
            testDescription = description
            self.code = code
            self.change = change
        }
    }

    private static func pack(_ bytes: [UInt8]) -> Int {
        (0..<bytes.count).first { bytes[$0...].starts(with: Array("PACK".utf8)) } ?? 0
    }

    private static func inserting(
        _ line: String, at place: Int = 16
    ) -> @Sendable (inout [UInt8]) -> Void {
        { $0.insert(contentsOf: Array(line.utf8), at: place) }
    }

    private static let zeros = String(repeating: "0", count: 40)

    static let forgeries = [
        Forgery("empty", .malformedBundle) { $0 = [] },
        Forgery("no bundle file", .malformedBundle) { $0 = Array("hello\n".utf8) },
        Forgery("cut inside the header", .malformedBundle) { $0 = Array($0.prefix(40)) },
        Forgery("cut behind the header", .malformedBundle) { $0 = Array($0.prefix(pack($0))) },
        Forgery("cut inside the pack", .malformedBundle) { $0.removeLast(100) },
        Forgery("without its last byte", .malformedBundle) { $0.removeLast() },
        Forgery("with a byte more", .malformedBundle) { $0.append(0) },
        Forgery("a damaged entry", .malformedBundle) { $0[pack($0) + 60] ^= 0xFF },
        Forgery("another number of objects", .malformedBundle) { $0[pack($0) + 11] += 1 },
        Forgery("noise for a pack", .malformedBundle) {
            $0 = $0.prefix(pack($0)) + (0..<5000).map { _ in UInt8.random(in: 0...255) }
        },
        Forgery("of version 3", .malformedBundle) { $0[3] = UInt8(ascii: "3") },
        Forgery("with an object format", .malformedBundle, inserting("@object-format=sha256\n")),
        Forgery(
            "with a second branch", .malformedBundle,
            inserting("\(zeros) refs/heads/channels/support-agents/other\n")),
        Forgery("with a tag", .malformedBundle, inserting("\(zeros) refs/tags/v1\n")),
        Forgery(
            "whose branch is no channel's", .malformedBundle
        ) { bytes in
            let text = Array("refs/heads/channels/".utf8)
            let place = (0..<bytes.count).first { bytes[$0...].starts(with: text) } ?? 0
            bytes.replaceSubrange(
                place..<place + text.count, with: Array("refs/heads/CHANNELS/".utf8))
        },
        Forgery(
            "with a prerequisite that nobody has", .bundleMissing, inserting("-\(zeros) \n")),
        Forgery("with an endless header", .limitExceeded) { bytes in
            bytes = Array(bytes.prefix(16))
            for number in 0..<40_000 {
                bytes += Array("\(Self.zeros) refs/heads/channels/a/b\(number)\n".utf8)
            }
        },
        Forgery("with an endless line", .limitExceeded) { bytes in
            bytes = bytes.prefix(16) + [UInt8](repeating: 0x61, count: 3 << 20)
        },
    ]

    @Test(
        "a file that is not right is refused with its code, and nothing is kept",
        arguments: forgeries)
    func forged(_ forgery: Forgery) async throws {
        let hosts = try await Hosts()
        _ = try await hosts.export()
        var bytes = Array(try Data(contentsOf: URL(filePath: hosts.file)))
        forgery.change(&bytes)
        let bad = hosts.isolated.directory.appending("bad.bundle")
        try Data(bytes).write(to: bad)
        // On a host that has nothing, and on one that has the release before.
        await failing(forgery.code) {
            try await hosts.runtime.importFile(bad.path(percentEncoded: false))
        }
        #expect(!FileManager.default.fileExists(atPath: hosts.isolated.mirror().path))
        let before = try Self.contents(hosts.accepted.setup)
        try hosts.accepted.setup.writePolicy()
        await failing(forgery.code) {
            try await hosts.accepted.runtime.importFile(bad.path(percentEncoded: false))
        }
        #expect(try Self.contents(hosts.accepted.setup) == before)
        try await hosts.accepted.setup.mirrorGit().check("fsck", "--full", "--strict")
    }

    /// The packs, objects and references of a mirror.
    private static func contents(_ setup: RuntimeSetup) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(
            atPath: setup.mirror().path(percentEncoded: false)
        ).filter { !$0.contains("/incoming") }.sorted()
    }

    @Test(
        "a release in a file gets every check of a sync, and is taken back when it is refused",
        arguments: faults)
    func checked(_ fault: SyncFault) async throws {
        let accepted = try await AcceptedSetup()
        try await fault.cause(accepted)
        let file = accepted.setup.directory.appending("x.bundle").path(percentEncoded: false)
        let made = try await accepted.git.run([
            "bundle", "create", "--version=2", file, "refs/heads/channels/support-agents/latest",
        ])
        // What git itself puts into no file is no file's fault.
        guard made.succeeded else { return }
        let before = try Self.contents(accepted.setup)
        let error = await refusal { try await accepted.runtime.importFile(file) }
        let code = try #require(error?.code)
        #expect(code == fault.code || code == .malformedBundle)
        #expect(try Self.contents(accepted.setup) == before)
        #expect(try await accepted.runtime.pin(accepted.bundle, on: .latest) == accepted.second)
        #expect(try await accepted.setup.leftovers() == [])
    }

    private func refusal(_ body: () async throws -> some Any) async -> SheafError? {
        do { _ = try await body() } catch { return error as? SheafError }
        Issue.record("it was accepted")
        return nil
    }

    @Test("a bundle that the host policy does not serve is not imported")
    func notServed() async throws {
        let hosts = try await Hosts()
        _ = try await hosts.export()
        try hosts.isolated.write(
            policy: """
                schema: sheaf/host-policy/v1
                workspaces:
                  acme: { repository: /nowhere, bundles: [another] }
                """)
        await failing(.hostPolicyDenied) { try await hosts.runtime.importFile(hosts.file) }
        #expect(try await hosts.runtime.status().isEmpty)
    }

    @Test("a pipe, a folder and nothing at all are no files")
    func noFile() async throws {
        let hosts = try await Hosts()
        await failing(.notFound) { try await hosts.runtime.importFile(hosts.file) }
        await failing(.ioError) {
            try await hosts.runtime.importFile(hosts.isolated.directory.path)
        }
    }
}
