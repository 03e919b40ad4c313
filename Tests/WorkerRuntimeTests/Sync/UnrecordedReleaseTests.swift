import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A release in service that the database does not know")
struct UnrecordedReleaseTests {
    /// What a process leaves that is killed between the first acceptance and the row.
    private static func lostRow() async throws -> AcceptedSetup {
        try await AcceptedSetup { setup in
            try await StoreRows(setup).run("DELETE FROM channel")
        }
    }

    @Test(
        "is listed, pinned and used all the same",
        arguments: [StoreAccess.owner, .reader])
    func served(_ access: StoreAccess) async throws {
        let accepted = try await Self.lostRow()
        let runtime =
            access == .owner ? accepted.runtime : try accepted.setup.runtime(.reader)
        let release = try #require(try await runtime.acceptedReleases().first)
        #expect(release.pin == accepted.second)
        #expect(release.failure == nil && release.contactedAt == nil)
        #expect(try await runtime.pin(accepted.bundle, on: .latest) == accepted.second)
        #expect(try await runtime.contents(of: accepted.second).pin == accepted.second)
    }

    @Test("has a row again once an owner has opened its mirror")
    func repaired() async throws {
        let accepted = try await Self.lostRow()
        _ = try await accepted.runtime.acceptedReleases()
        let rows = try await StoreRows(accepted.setup).texts(
            "SELECT highestSequence || ' ' || acceptedCommit FROM channel")
        #expect(rows == ["2 \(accepted.second.commit)"])
    }

    @Test("is known to be verified again, when a loss of power took that back too")
    func verified() async throws {
        let accepted = try await AcceptedSetup { setup in
            try await StoreRows(setup).run("DELETE FROM channel")
            try await StoreRows(setup).run("DELETE FROM verified")
        }
        _ = try await accepted.runtime.acceptedReleases()
        let rows = try await StoreRows(accepted.setup).texts("SELECT commitID FROM verified")
        #expect(rows == ["\(accepted.second.commit)"])
    }

    @Test("replaces what an older row says, its failure too")
    func older() async throws {
        let accepted = try await AcceptedSetup { setup in
            try await StoreRows(setup).run(
                """
                UPDATE channel SET highestSequence = 1, failureCode = 'io_error',
                acceptedCommit = '\(String(repeating: "a", count: 40))'
                """)
        }
        let release = try #require(try await accepted.runtime.acceptedReleases().first)
        #expect(release.pin == accepted.second)
        #expect(release.failure == nil && release.acceptedAt == nil)
        let rows = try await StoreRows(accepted.setup).texts(
            "SELECT highestSequence || ' ' || acceptedCommit FROM channel")
        #expect(rows == ["2 \(accepted.second.commit)"])
    }

    @Test("is no failed sync, since it is in service")
    func success() async throws {
        let accepted = try await AcceptedSetup { setup in
            try await StoreRows(setup).run(
                """
                CREATE TRIGGER full BEFORE UPDATE ON channel WHEN NEW.highestSequence = 3
                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """)
        }
        let commit = try await accepted.next.put(in: accepted.git)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(result.outcome == .updated && !result.isRecorded)
        #expect(result.pin.commit.hex == commit)
        let release = try #require(try await accepted.runtime.acceptedReleases().first)
        #expect(release.pin == result.pin && release.failure == nil)
        try await StoreRows(accepted.setup).run("DROP TRIGGER full")
        let again = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(again.outcome == .unchanged && again.isRecorded)
    }
}
