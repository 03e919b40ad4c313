import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A reader beside a collection")
struct ReaderBesideCollectionTests {
    private static let prompt = Array("The second.\n".utf8)

    @Test("keeps what it has open, which goes when it has done")
    func open() async throws {
        let accepted = try await AcceptedSetup()
        let reader = try accepted.setup.runtime(.reader)
        var contents: PinnedBundle? = try await reader.contents(of: accepted.second)
        try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: "a test")
        let waiting = try await accepted.runtime.collect()
        #expect(waiting.bundles.first?.waitsForReaders == true)
        let path = try BundlePath("prompts/system.md")
        #expect(try contents?.file(path, remembering: false) == Self.prompt)
        contents = nil
        let done = try await accepted.runtime.collect()
        #expect(done.bundles.first?.waitsForReaders == false)
        #expect(done.bundles.first?.packsAfter == 0)
        await failing(.bundleMissing) { try await reader.contents(of: accepted.second).release }
    }

    @Test("what the owner's own process has open stays too")
    func ownProcess() async throws {
        let accepted = try await AcceptedSetup()
        var contents: PinnedBundle? = try await accepted.runtime.contents(of: accepted.second)
        try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: "a test")
        let first = try await accepted.runtime.collect()
        #expect(first.bundles.first?.kept.map(\.reason) == [.inUse])
        let path = try BundlePath("prompts/system.md")
        #expect(try contents?.file(path, remembering: false) == Self.prompt)
        contents = nil
        let second = try await accepted.runtime.collect()
        #expect(second.bundles.first?.packsAfter == 0)
    }

    @Test("in another process is never disturbed by one after the other", .timeLimit(.minutes(10)))
    func processes() async throws {
        let setup = try await RuntimeSetup()
        let rounds = 12
        let chain = try await ReleaseChain(rounds + 1, in: setup)
        let runtime = try setup.runtime()
        let bundle = try setup.bundle
        try chain.put(1)
        let pin = try await runtime.sync(bundle, on: .latest).pin
        let tool = try CommandLineTool(home: setup.directory.url)
        let arguments = ["--store", setup.store, "--policy", setup.policy]
        try await withThrowingTaskGroup { group in
            group.addTask {
                for number in 2...rounds {
                    try chain.put(number)
                    try await runtime.sync(bundle, on: .latest)
                    try await runtime.collect()
                }
            }
            for worker in 0..<2 {
                group.addTask {
                    for round in 0..<4 {
                        let file = "\(setup.directory.path)/\(worker)-\(round).bundle"
                        for verb in [
                            ["gc", "--dry-run"], ["export", "support-agents@latest", file],
                            ["verify", pin.description], ["check", pin.description], ["status"],
                            ["list"],
                        ] {
                            let output = try await tool.run(["runtime"] + verb + arguments)
                            #expect(output.succeeded, "\(verb): \(output)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await setup.mirrorGit().check("fsck", "--full", "--strict")
    }

    @Test("whose handles are older than the collection finds everything")
    func olderHandles() async throws {
        let setup = try await RuntimeSetup()
        let chain = try await ReleaseChain(8, in: setup)
        let runtime = try setup.runtime()
        await runtime.keepSmall(within: .none)
        let bundle = try setup.bundle
        var pins: [ConfigBundleRef] = []
        for number in 1...8 {
            try chain.put(number)
            pins.append(try await runtime.sync(bundle, on: .latest).pin)
        }
        let reader = try setup.runtime(.reader)
        // Its handle knows eight packs, and has looked into few of them.
        #expect(try await reader.availability(pins[0]) == .available)
        #expect(try await runtime.collect().bundles.first?.packsAfter == 1)
        for pin in pins { #expect(try await reader.verify(pin).pin == pin) }
    }
}
