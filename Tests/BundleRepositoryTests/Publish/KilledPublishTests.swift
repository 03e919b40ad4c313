import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What a killed publisher leaves behind")
struct KilledPublishTests {
    /// Writes a file into the repository, last changed an hour ago.
    private func leave(
        _ text: String, _ path: String, _ workshop: Workshop, age: TimeInterval = 3600
    ) throws {
        let file = try workshop.directory.write(text, to: "acme.git/" + path)
        try FileManager.default.setAttributes(
            [.modificationDate: Date.now.addingTimeInterval(-age)],
            ofItemAtPath: file.path(percentEncoded: false))
    }

    private func exists(_ path: String, _ workshop: Workshop) -> Bool {
        FileManager.default.fileExists(atPath: workshop.repository.path + "/" + path)
    }

    @Test("unfinished packs do not matter, and the next publish removes them")
    func packs() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        let left = ["objects/pack/pack_git2_a1b2c3", "objects/pack/pack_git2_a1b2c4"]
        for path in left { try leave("rubbish", path, workshop) }
        let log = try await workshop.another().log(try Workshop.bundle)
        #expect(log == [first.revision])
        let second = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        #expect(second.revision.number == 2)
        for path in left { #expect(!exists(path, workshop)) }
        #expect(try await workshop.fsck() == "")
    }

    @Test("files that a push or another program may be writing stay")
    func packsOfOthers() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        let pack = "objects/pack/pack-\(String(repeating: "0", count: 40))"
        let old = ["objects/pack/tmp_pack_x", "objects/pack/tmp_idx_x", pack + ".keep"]
        for path in old { try leave("rubbish", path, workshop) }
        try leave("rubbish", "objects/pack/pack_git2_young", workshop, age: 30)
        try leave("rubbish", "objects/pack/pack_git2_future", workshop, age: -3600)
        try await workshop.publish(SampleBundle().prompt("Other.\n"))
        for path in old { #expect(exists(path, workshop)) }
        #expect(exists("objects/pack/pack_git2_young", workshop))
        #expect(exists("objects/pack/pack_git2_future", workshop))
    }

    @Test("whoever may write to the repository may take the publishers' lock")
    func lockOfAnotherUser() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        try await workshop.git.check("update-ref", "refs/heads/other", first.revision.commit.hex)
        let modes = try ["sheaf.lock", "refs/heads/other"].map { path in
            try FileManager.default.attributesOfItem(
                atPath: workshop.repository.path + "/" + path)[.posixPermissions] as? Int
        }
        #expect(modes[0] == modes[1])
    }

    @Test("leftovers stay as long as another publisher is at work")
    func notAlone() async throws {
        let workshop = try await Workshop()
        let repository = workshop.repository
        let beside = try await repository.withWriterLock {
            try leave("rubbish", "objects/pack/pack_git2_a1b2c3", workshop)
            try SampleBundle().write(to: workshop.agents)
            let path = workshop.agents.path(percentEncoded: false)
            return try await workshop.another().publish(PublishRequest(directory: path))
        }
        #expect(beside.isNew)
        #expect(exists("objects/pack/pack_git2_a1b2c3", workshop))
        _ = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        #expect(!exists("objects/pack/pack_git2_a1b2c3", workshop))
    }

    /// A commit that a killed publisher or another program may have been about to write.
    private static let commit = String(repeating: "a", count: 40)
    private static let branch = "refs/heads/bundles/support-agents"
    private static let channel = "refs/heads/channels/support-agents/latest"

    private func note(_ reference: String, _ workshop: Workshop) throws {
        let target = try #require(ObjectID(hex: Self.commit))
        try WriterLock(directory: workshop.repository.path + "/").note(reference, to: target)
    }

    @Test(
        "a reference that a killed publisher held locked can be moved again",
        arguments: [branch, channel], ["", commit + "\n"])
    func locks(reference: String, text: String) async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        try note(reference, workshop)
        try leave(text, reference + ".lock", workshop)
        let second = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        #expect(second.revision.number == 2 && second.release?.sequence == 2)
        #expect(!exists(reference + ".lock", workshop))
        try note(reference, workshop)
        try leave(text, reference + ".lock", workshop)
        let released = try await workshop.repository.release(
            try workshop.reference("support-agents@1"), to: .latest, reason: "back",
            identityFrom: "/")
        #expect(released.sequence == 3)
        #expect(!exists(reference + ".lock", workshop))
        #expect(try await workshop.fsck() == "")
    }

    @Test(
        "a lock file of another program stays, however old, and the publish is refused",
        arguments: [branch, channel], [3600, -3600] as [TimeInterval])
    func locksOfOthers(reference: String, age: TimeInterval) async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        let before = try await workshop.state()
        let other = String(repeating: "b", count: 40) + "\n"
        for (text, isNoted) in [("", false), (other, false), (other, true), ("", age < 0)] {
            if isNoted { try note(reference, workshop) }
            try leave(text, reference + ".lock", workshop, age: age)
            let error = await expectRefusal(.conflict) {
                try await workshop.publish(SampleBundle().prompt("Other.\n"))
            }
            #expect(error?.details["lock"] == reference + ".lock")
            #expect(error?.message.contains(workshop.directory.url.path()) == false)
            #expect(exists(reference + ".lock", workshop))
            #expect(try await workshop.state() == before)
        }
        try FileManager.default.removeItem(
            atPath: workshop.repository.path + "/" + reference + ".lock")
        #expect(try await workshop.publish(SampleBundle().prompt("Other.\n")).isNew)
    }

    @Test("objects without a reference are no revision, and publishing them again makes one")
    func objectsAlone() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        for _ in 0..<2 {
            for reference in ["bundles/support-agents", "channels/support-agents/latest"] {
                try await workshop.git.check("update-ref", "-d", "refs/heads/" + reference)
            }
            await expectRefusal(.notFound) {
                try await workshop.repository.log(try Workshop.bundle)
            }
            let again = try await workshop.publish()
            #expect(again.isNew)
            #expect(again.revision == first.revision)
            #expect(again.release == first.release)
            #expect(try await workshop.fsck() == "")
        }
    }

    @Test("a release that a crash left out is made by the next publish of the same contents")
    func releaseLeftOut() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        try await workshop.git.check(
            "update-ref", "-d", "refs/heads/channels/support-agents/latest")
        let again = try await workshop.publish()
        #expect(!again.isNew)
        #expect(again.release?.sequence == 1)
        #expect(again.release?.provenance.revisionCommit == first.revision.commit)

        let second = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        try await workshop.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest",
            try #require(first.release).commit.hex)
        let made = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        #expect(!made.isNew && made.revision == second.revision)
        #expect(made.release?.sequence == 2)
        #expect(made.release?.provenance.revisionCommit == second.revision.commit)
        #expect(try await workshop.publish(SampleBundle().prompt("Other.\n")).release == nil)
        #expect(try await workshop.fsck() == "")
    }

    @Test("a release that was left out is not made when a newer revision is published")
    func releaseOvertaken() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        try await workshop.publish(SampleBundle().prompt("Other.\n"), channel: nil)
        let third = try await workshop.publish(SampleBundle().prompt("Third.\n"))
        #expect(third.release?.sequence == 2)
        let releases = try await workshop.repository.releases(
            of: try Workshop.bundle, on: .latest)
        #expect(releases.map(\.provenance.revision.revision) == [3, 1])
    }

    @Test("a rollback is not undone by publishing the same contents again")
    func rollback() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        try await workshop.publish(SampleBundle().prompt("Bad.\n"))
        let rollback = try await workshop.repository.rollback(
            try Workshop.bundle, .latest, to: try workshop.reference("support-agents@1"),
            reason: "2 was bad", identityFrom: "/")
        let again = try await workshop.publish(SampleBundle().prompt("Bad.\n"))
        #expect(!again.isNew && again.release == nil)
        let releases = try await workshop.repository.releases(
            of: try Workshop.bundle, on: .latest)
        #expect(releases.first == rollback)
        #expect(releases.map(\.provenance.revision.revision) == [1, 2, 1])
    }

    @Test("HEAD is set by the next publish when a crash kept it from being set")
    func head() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        for bundle in [SampleBundle(), SampleBundle().prompt("Other.\n")] {
            try await workshop.git.check("symbolic-ref", "HEAD", "refs/heads/main")
            try await workshop.publish(bundle)
            #expect(
                try await workshop.git.text("symbolic-ref", "HEAD")
                    == "refs/heads/bundles/support-agents")
        }
        // A branch that somebody chose stays.
        try await workshop.git.check("update-ref", "refs/heads/main", "HEAD")
        try await workshop.git.check("symbolic-ref", "HEAD", "refs/heads/main")
        try await workshop.publish(SampleBundle().prompt("Third.\n"))
        #expect(try await workshop.git.text("symbolic-ref", "HEAD") == "refs/heads/main")
    }
}

extension BundleRepository {
    /// Runs a body while this instance holds a publisher's share of the lock.
    fileprivate func withWriterLock<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let lock = try writerLock(try Workshop.bundle, nil)
        defer { withExtendedLifetime(lock) {} }
        return try await body()
    }
}
