import Foundation
import LibGit2
import Testing

@Suite struct ObjectsTests {
    @Test("objects that git wrote are read, loose, packed and as deltas")
    func reads() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("work"))
        var lines = (0..<2000).map { "line \($0)" }
        var ids: [(ObjectID, [UInt8])] = []
        for round in 0..<5 {
            lines[round * 100] += " changed"
            let text = lines.joined(separator: "\n")
            try folder.write("work/file", text)
            _ = try await git.commit("round \(round)")
            let id = try await git("rev-parse", "HEAD:file")
            ids.append((try #require(ObjectID(hex: id)), Array(text.utf8)))
        }
        for packed in [false, true] {
            if packed { try await git("gc", "-q", "--aggressive", "--prune=now") }
            let repository = try Repository.open(at: folder("work"))
            for (id, content) in ids {
                #expect(try repository.objectHeader(id).kind == .blob)
                #expect(try repository.objectHeader(id).size == content.count)
                let object = try repository.object(id)
                #expect(object.kind == .blob && object.bytes == content)
                let lent = try repository.withObject(id) { kind, bytes in
                    (kind, bytes.count, bytes[0], bytes[bytes.count - 1])
                }
                #expect(lent == (.blob, content.count, content[0], content[content.count - 1]))
                #expect(repository.contains(id) == true)
            }
        }
    }

    @Test("commits and trees are read as values")
    func values() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("work"))
        try folder.write("work/a/b", "1")
        let first = try await git.commit("first")
        let second = try await git.commit("second")
        let repository = try Repository.open(at: folder("work"))
        let commit = try repository.commit(try #require(ObjectID(hex: second)))
        #expect(commit.parents.map(\.hex) == [first])
        #expect(commit.message == Array("second\n".utf8))
        #expect(commit.author.header == "Ada <ada@example.org> 1700000000 +0130")
        let tree = try repository.tree(commit.tree)
        #expect(tree.count == 1 && tree[0].isTree && tree[0].name == Array("a".utf8))
    }

    @Test("an absent object is not found, however it is asked for")
    func absent() throws {
        let fixture = try RepositoryFixture()
        let id = ObjectID.hash(.blob, [1])
        let asks: [(borrowing Repository) throws -> Void] = [
            { _ = try $0.object(id) }, { _ = try $0.objectHeader(id) }, { _ = try $0.commit(id) },
            { _ = try $0.tree(id) }, { try $0.withObject(id) { _, _ in } },
        ]
        for ask in asks {
            let error = #expect(throws: GitError.self) { try ask(fixture.repository) }
            #expect(error?.code == .notFound)
        }
        #expect(fixture.repository.contains(id) == false)
        #expect(fixture.repository.contains(id, refreshing: false) == false)
    }

    @Test("an object of another kind is not found as a commit or tree")
    func otherKind() throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("1")
        let tree = try fixture.repository.commit(commit).tree
        let one = #expect(throws: GitError.self) { try fixture.repository.commit(tree) }
        let two = #expect(throws: GitError.self) { try fixture.repository.tree(commit) }
        #expect(one?.code == .notFound && two?.code == .notFound)
    }

    @Test("what a body throws comes through")
    func bodyThrows() throws {
        struct Stop: Error {}
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("1")
        #expect(throws: Stop.self) {
            try fixture.repository.withObject(commit) { _, _ in throw Stop() }
        }
    }

    @Test("what another process wrote is found")
    func appears() async throws {
        let fixture = try RepositoryFixture()
        let id = ObjectID.hash(.blob, Array("new".utf8))
        #expect(fixture.repository.contains(id) == false)
        try await fixture.git("hash-object", "-w", "--stdin", input: Data("new".utf8))
        #expect(fixture.repository.contains(id) == true)
        #expect(try fixture.repository.object(id).bytes == Array("new".utf8))
    }

    @Test("a pack that another process wrote is found after a refresh, and by a lookup")
    func packAppears() async throws {
        let fixture = try RepositoryFixture()
        _ = try fixture.commit("1")
        let other = try Repository.open(at: fixture.folder("fixture.git"))
        let commit = try RepositoryFixture.commit("2", in: other)
        #expect(fixture.repository.contains(commit, refreshing: false) == false)
        fixture.repository.refreshObjects()
        #expect(fixture.repository.contains(commit, refreshing: false) == true)
        let third = try RepositoryFixture.commit("3", in: other)
        #expect(try fixture.repository.objectHeader(third).kind == .commit)
    }

    @Test("a damaged loose object is corrupt")
    func damagedLoose() async throws {
        let fixture = try RepositoryFixture()
        let one = ObjectID.hash(.blob, Array("one".utf8))
        let two = ObjectID.hash(.blob, Array("two".utf8))
        for text in ["one", "two"] {
            try await fixture.git("hash-object", "-w", "--stdin", input: Data(text.utf8))
        }
        let path = { (id: ObjectID) in
            "fixture.git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
        }
        let content = try Data(contentsOf: URL(fileURLWithPath: fixture.folder(path(two))))
        try FileManager.default.removeItem(atPath: fixture.folder(path(one)))
        try fixture.folder.write(path(one), content)
        let swapped = #expect(throws: GitError.self) { try fixture.repository.object(one) }
        #expect(swapped?.code == .corrupt)
        try FileManager.default.removeItem(atPath: fixture.folder(path(two)))
        try fixture.folder.write(path(two), "garbage")
        let garbage = #expect(throws: GitError.self) { try fixture.repository.object(two) }
        #expect(garbage?.code == .corrupt)
    }

    @Test("replace refs are not obeyed")
    func replaceRefs() async throws {
        let fixture = try RepositoryFixture()
        let (one, two) = (try fixture.commit("1"), try fixture.commit("2"))
        try await fixture.git("replace", one.hex, two.hex)
        let replaced = try await fixture.git("rev-parse", "\(one)^{tree}")
        #expect(try fixture.repository.commit(one).tree.hex != replaced)
    }
}
