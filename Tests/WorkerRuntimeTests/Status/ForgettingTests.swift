import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Forgetting a channel")
struct ForgettingTests {
    /// Puts the channel back on its first release, as a restore from a backup does.
    private func restore(_ accepted: AcceptedSetup) async throws {
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.first.commit.hex)
    }

    @Test("is the way out after a restore from a backup, and is on record")
    func wayOut() async throws {
        let accepted = try await AcceptedSetup()
        try await restore(accepted)
        await failing(.releaseReplayed) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        let forgotten = try await accepted.runtime.forget(
            accepted.bundle, on: .latest, reason: "  restored from Monday's backup ")
        #expect(forgotten.commit == accepted.second.commit && forgotten.sequence == 2)
        #expect(forgotten.reason == "restored from Monday's backup")
        await failing(.bundleMissing) {
            try await accepted.runtime.pin(accepted.bundle, on: .latest)
        }
        let between = try #require(try await accepted.runtime.status().first)
        #expect(between.accepted == nil && between.conditions == [])
        #expect(between.forgotten == forgotten)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.outcome == .accepted && result.pin == accepted.first)
        let after = try #require(try await accepted.runtime.status().first)
        #expect(after.accepted?.pin == accepted.first && after.conditions == [])
        #expect(after.forgotten == forgotten)
        // What was refused before is refused again: another commit under a number that was taken.
        var other = ForgedRelease(
            revision: 1, sequence: 1, contents: .plain.saying("Another first."))
        other.digest = try other.contents.digest.description
        try await other.put(in: accepted.git)
        await failing(.releaseConflict) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
    }

    @Test("leaves live workers what they use")
    func workers() async throws {
        let accepted = try await AcceptedSetup()
        let id = try WorkerID("one")
        let request = CreateWorkerRequest(
            id: id, selector: .named(try ProfileID("coder")), pin: accepted.second, input: "go")
        try await accepted.runtime.createWorker(request)
        try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: "a test")
        try await accepted.runtime.collect()
        #expect(try await accepted.runtime.verify(accepted.second).sequence == 2)
        #expect(try await accepted.runtime.createWorker(request).isNew == false)
        await failing(.bundleMissing) {
            try await accepted.runtime.verify(accepted.first)
        }
    }

    @Test("is ended by the next owner when the process was killed between its two steps")
    func killed() async throws {
        let accepted = try await AcceptedSetup { setup in
            try await StoreRows(setup).run(
                """
                INSERT INTO forgotten
                (workspace, bundle, channel, commitID, sequence, reason, forgottenAt, isDone)
                SELECT workspace, bundle, channel, acceptedCommit, highestSequence, 'killed',
                acceptedAt, 0 FROM channel
                """)
            try await StoreRows(setup).run("DELETE FROM channel")
        }
        #expect(try await accepted.runtime.acceptedReleases().isEmpty)
        #expect(try await accepted.runtime.status().first?.forgotten?.reason == "killed")
        try await restore(accepted)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.pin == accepted.first)
        // Once it is ended it does not happen again.
        let again = try accepted.setup.runtime(.reader)
        #expect(try await again.acceptedReleases().count == 1)
    }

    @Test("that is ended late leaves what came into service after it")
    func late() async throws {
        let accepted = try await AcceptedSetup { setup in
            // A process that could not end it, and accepted another release since.
            try await StoreRows(setup).run(
                """
                INSERT INTO forgotten
                (workspace, bundle, channel, commitID, sequence, reason, forgottenAt, isDone)
                SELECT workspace, bundle, channel, '\(String(repeating: "a", count: 40))', 1,
                'killed', acceptedAt, 0 FROM channel
                """)
        }
        #expect(try await accepted.runtime.pin(accepted.bundle, on: .latest) == accepted.second)
        #expect(try await StoreRows(accepted.setup).texts("SELECT isDone FROM forgotten") == ["1"])
        // What is forgotten now goes, whatever it is.
        try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: "a test")
        #expect(try await accepted.runtime.acceptedReleases().isEmpty)
    }

    @Test("needs something that is known, and a reason of one line", arguments: ["", " ", "a\nb"])
    func refused(_ reason: String) async throws {
        let accepted = try await AcceptedSetup()
        await failing(.invalidRequest) {
            try await accepted.runtime.forget(accepted.bundle, on: .latest, reason: reason)
        }
        await failing(.notFound) {
            try await accepted.runtime.forget(
                accepted.bundle, on: ChannelID("stable"), reason: "a test")
        }
        await failing(.invalidRequest) {
            try await accepted.setup.runtime(.reader).forget(
                accepted.bundle, on: .latest, reason: "a test")
        }
        #expect(try await accepted.runtime.acceptedReleases().count == 1)
    }
}
