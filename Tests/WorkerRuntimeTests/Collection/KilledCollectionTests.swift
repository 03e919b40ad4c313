import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A collection that was killed")
struct KilledCollectionTests {
    /// How often a process is killed; more by a variable of the environment.
    private static let rounds =
        ProcessInfo.processInfo.environment["SHEAF_TEST_KILLS"].flatMap { Int($0) } ?? 25

    @Test(
        "at any step leaves everything that is held, and the next one ends it",
        arguments: CollectionStep.allCases)
    func atStep(_ step: CollectionStep) async throws {
        let accepted = try await AcceptedSetup { setup in
            // Something that nothing holds, and an object in a file of its own.
            try await setup.mirrorGit().check(
                "hash-object", "-w", "--stdin", input: Array("lost".utf8))
            let mirror = try ReleaseMirror(
                at: setup.mirror().path(percentEncoded: false), workspace: setup.workspace,
                bundle: setup.bundle, creating: false)
            #expect(throws: SheafError.self) {
                _ = try mirror.collect { (reached) throws(SheafError) in
                    if reached == step { throw SheafError(.cancelled, "killed") }
                }
            }
        }
        let git = accepted.setup.mirrorGit()
        try await git.check("fsck", "--full", "--strict")
        #expect(try await accepted.runtime.verify(accepted.second).sequence == 2)
        #expect(try await accepted.runtime.verify(accepted.first).sequence == 1)
        let report = try await accepted.runtime.collect()
        #expect(report.bundles.first?.packsAfter == 1)
        try await git.check("fsck", "--full", "--strict")
        #expect(try await git.text("count-objects") == "0 objects, 0 kilobytes")
        try await accepted.expectRecovery()
    }

    @Test("at random leaves a store that opens, with clean objects", .timeLimit(.minutes(10)))
    func atRandom() async throws {
        let setup = try await RuntimeSetup(isInMemory: true)
        let chain = try await ReleaseChain(3 * Self.rounds, in: setup)
        let bundle = try setup.bundle
        var pins: [ConfigBundleRef] = []
        for round in 0..<Self.rounds {
            do {
                let runtime = try setup.runtime()
                await runtime.keepSmall(within: .none)
                for number in (3 * round + 1)...(3 * round + 3) {
                    try chain.put(number)
                    pins.append(try await runtime.sync(bundle, on: .latest).pin)
                }
            }
            let doomed = try DoomedCommand(setup, ["runtime", "gc"])
            _ = try await doomed.end(after: .microseconds(Int.random(in: 0...60_000)))
            do {
                let runtime = try setup.runtime()
                let last = try #require(pins.last)
                #expect(try await runtime.pin(bundle, on: .latest) == last)
                #expect(
                    try await runtime.availability(try #require(pins.randomElement())) == .available
                )
            }
            try await setup.mirrorGit().check("fsck", "--full", "--strict")
        }
        let runtime = try setup.runtime()
        for pin in pins { #expect(try await runtime.verify(pin).pin == pin) }
        #expect(try await setup.leftovers() == [])
    }
}
