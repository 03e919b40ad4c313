import Foundation
import LibGit2
import Testing

@Suite struct SwappingTests {
    private static let name = "refs/heads/channels/a/latest"

    private static func code(_ body: () throws -> Void) -> GitError.Code? {
        do {
            try body()
            return nil
        } catch let error as GitError {
            return error.code
        } catch {
            return .other(99)
        }
    }

    @Test("a reference is created, moved and deleted, and git sees each step")
    func steps() async throws {
        let fixture = try RepositoryFixture()
        let (one, two) = (try fixture.commit("1"), try fixture.commit("2"))
        try fixture.repository.compareAndSwapReference(
            Self.name, to: one, expecting: nil, logMessage: nil)
        #expect(try await fixture.git("rev-parse", Self.name) == one.hex)
        try fixture.repository.compareAndSwapReference(
            Self.name, to: two, expecting: one, logMessage: "moved")
        #expect(try await fixture.git("rev-parse", Self.name) == two.hex)
        try fixture.repository.deleteReference(Self.name, expecting: two)
        #expect(try fixture.repository.reference(Self.name) == nil)
        #expect(try await fixture.git("for-each-ref") == "")
    }

    @Test(
        "a swap is lost when the reference moved, exists already or is gone",
        arguments: [true, false])
    func lost(_ isPacked: Bool) async throws {
        let fixture = try RepositoryFixture()
        let (one, two) = (try fixture.commit("1"), try fixture.commit("2"))
        try fixture.repository.compareAndSwapReference(
            Self.name, to: one, expecting: nil, logMessage: nil)
        if isPacked { try await fixture.git("pack-refs", "--all") }
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    Self.name, to: one, expecting: two, logMessage: nil)
            } == .modified)
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    Self.name, to: two, expecting: nil, logMessage: nil)
            } == .modified)
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    Self.name, to: one, expecting: nil, logMessage: nil)
            } == .modified)
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    "refs/heads/none", to: two, expecting: one, logMessage: nil)
            } == .modified)
        #expect(
            Self.code { try fixture.repository.deleteReference(Self.name, expecting: two) }
                == .modified)
        #expect(
            Self.code { try fixture.repository.deleteReference("refs/heads/none", expecting: two) }
                == .modified)
        #expect(try fixture.repository.reference(Self.name) == one)
        try fixture.repository.deleteReference(Self.name, expecting: one)
        #expect(try fixture.repository.reference(Self.name) == nil)
    }

    @Test("a reference is not set to an object that is not here")
    func absentObject() throws {
        let fixture = try RepositoryFixture()
        let absent = ObjectID.hash(.commit, [])
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    Self.name, to: absent, expecting: nil, logMessage: nil)
            } == .notFound)
    }

    @Test(
        "a name that cannot be is refused",
        arguments: ["refs/heads/a..b", "refs/heads/.a", "refs/heads/a.lock", "", "refs/heads/a b"])
    func invalid(_ name: String) throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    name, to: one, expecting: nil, logMessage: nil)
            } == .invalidSpec)
    }

    @Test("a lock that stays is reported, and taken once it has gone")
    func locked() throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        let lock = fixture.folder("fixture.git/\(Self.name).lock")
        try fixture.folder.write("fixture.git/\(Self.name).lock", "")
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    Self.name, to: one, expecting: nil, logMessage: nil)
            } == .locked)
        #expect(FileManager.default.fileExists(atPath: lock))
        try FileManager.default.removeItem(atPath: lock)
        try fixture.repository.compareAndSwapReference(
            Self.name, to: one, expecting: nil, logMessage: nil)
        #expect(!FileManager.default.fileExists(atPath: lock))
    }

    @Test(
        "a reference and a folder of references cannot have one name",
        arguments: ["refs/heads/a", "refs/heads/a/b/c"], [true, false])
    func collision(_ name: String, _ isPacked: Bool) async throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        try await fixture.git("update-ref", "refs/heads/a/b", one.hex)
        if isPacked { try await fixture.git("pack-refs", "--all") }
        #expect(
            Self.code {
                try fixture.repository.compareAndSwapReference(
                    name, to: one, expecting: nil, logMessage: nil)
            } == .exists)
        #expect(try fixture.repository.references(withPrefix: "refs/").count == 1)
    }

    @Test("of two threads that swap the same value one wins, every time")
    func race() async throws {
        let fixture = try RepositoryFixture()
        let start = try fixture.commit("start")
        let targets = try (0..<2).map { try fixture.commit("target \($0)") }
        let path = fixture.folder("fixture.git")
        let owners = try targets.map { _ in try RepositoryOwner(at: path) }
        for round in 0..<50 {
            // Every other round the reference does not exist before.
            let old: ObjectID? = round.isMultiple(of: 2) ? nil : start
            let name = "refs/heads/race\(round)"
            if old != nil {
                try fixture.repository.compareAndSwapReference(
                    name, to: start, expecting: nil, logMessage: nil)
            }
            let outcomes = await withTaskGroup(of: GitError.Code?.self) { group in
                for (owner, target) in zip(owners, targets) {
                    group.addTask { await owner.swap(name, to: target, expecting: old) }
                }
                return await group.reduce(into: [GitError.Code?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.contains(.modified))
            let winner = try fixture.repository.reference(name)
            #expect(targets.contains { $0 == winner })
        }
    }

    @Test("a log is written where the repository keeps one, and only there")
    func log() async throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        let name = "refs/heads/logged"
        try fixture.repository.compareAndSwapReference(
            "refs/heads/plain", to: one, expecting: nil, logMessage: "quiet")
        try await fixture.git("config", "core.logAllRefUpdates", "true")
        let again = try Repository.open(at: fixture.folder("fixture.git"))
        try again.compareAndSwapReference(name, to: one, expecting: nil, logMessage: "why")
        #expect(try await fixture.git("reflog", "show", "--format=%gs", name) == "why")
        #expect(try await fixture.git("reflog", "show", "refs/heads/plain") == "")
    }
}
