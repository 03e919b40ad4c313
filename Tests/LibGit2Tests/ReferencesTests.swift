import Foundation
import LibGit2
import Testing

@Suite struct ReferencesTests {
    @Test("references are listed by prefix, sorted by bytes, loose and packed alike")
    func list() async throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        let two = try fixture.commit("2")
        for name in ["refs/heads/b", "refs/heads/a/x", "refs/heads/a-b", "refs/pins/p"] {
            try await fixture.git("update-ref", name, one.hex)
        }
        try await fixture.git("pack-refs", "--all")
        try await fixture.git("update-ref", "refs/heads/b", two.hex)
        try await fixture.git("update-ref", "refs/heads/B", two.hex)
        let all = try fixture.repository.references(withPrefix: "refs/")
        #expect(
            all.map(\.name)
                == [
                    "refs/heads/B", "refs/heads/a-b", "refs/heads/a/x", "refs/heads/b",
                    "refs/pins/p",
                ])
        #expect(all.map(\.target) == [two, one, one, two, one])
        let listed = try await fixture.git("for-each-ref", "--format=%(refname) %(objectname)")
        #expect(listed == all.map { "\($0.name) \($0.target)" }.joined(separator: "\n"))
    }

    @Test(
        "a prefix is taken by bytes and not by folders",
        arguments: [
            ("refs/heads/a", ["refs/heads/a-b", "refs/heads/a/x"]),
            ("refs/heads/a/", ["refs/heads/a/x"]),
            ("refs/heads/a/x", ["refs/heads/a/x"]), ("refs/nothing/", []), ("refs/h*", []),
            ("refs/h", ["refs/heads/a-b", "refs/heads/a/x", "refs/heads/b"]),
            ("refs/heads/a/x/y", []), ("refs/heads/[a]", []), ("refs/heads/a\\", []),
            ("", ["refs/heads/a-b", "refs/heads/a/x", "refs/heads/b"]), ("heads/", []),
        ] as [(String, [String])])
    func prefixes(_ prefix: String, _ expected: [String]) throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        for name in ["refs/heads/b", "refs/heads/a/x", "refs/heads/a-b"] {
            try fixture.repository.compareAndSwapReference(
                name, to: one, expecting: nil, logMessage: nil)
        }
        #expect(try fixture.repository.references(withPrefix: prefix).map(\.name) == expected)
    }

    @Test("an absent reference is nil, a name that cannot be is an error")
    func lookup() throws {
        let fixture = try RepositoryFixture()
        #expect(try fixture.repository.reference("refs/heads/none") == nil)
        #expect(try fixture.repository.reference("HEAD") == nil)
        for name in ["refs/heads/a..b", "", "refs/heads/", "refs/heads/a.lock"] {
            let error = #expect(throws: GitError.self, "\(name)") {
                try fixture.repository.reference(name)
            }
            #expect(error?.code == .invalidSpec)
        }
    }

    @Test(
        "a symbolic reference is followed to no file that is no reference",
        arguments: ["../outside", "outside", "refs/../outside", "refs/heads/a.lock", "HEAD", ""])
    func symbolicOutside(_ target: String) throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("first")
        // What the target names is there, and could be taken for a reference.
        for place in ["outside", "fixture.git/outside", "fixture.git/refs/heads/a.lock"] {
            try Data("\(commit)\n".utf8).write(to: URL(filePath: fixture.folder(place)))
        }
        let name = "refs/heads/alias"
        try Data("ref: \(target)\n".utf8)
            .write(to: URL(filePath: fixture.folder("fixture.git/\(name)")))
        let error = #expect(throws: GitError.self) { _ = try fixture.repository.reference(name) }
        #expect(error?.code == .corrupt)
    }

    @Test("a chain of symbolic references is as long as in Git")
    func symbolicChain() async throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("first")
        try await fixture.git("update-ref", "refs/heads/a0", commit.hex)
        for step in 1...6 {
            try await fixture.git("symbolic-ref", "refs/heads/a\(step)", "refs/heads/a\(step - 1)")
        }
        for step in 0...6 {
            let git = try? await fixture.git("rev-parse", "--verify", "-q", "refs/heads/a\(step)")
            let ours = try? fixture.repository.reference("refs/heads/a\(step)")
            #expect(ours?.hex == git)
        }
    }

    @Test("symbolic references are followed, and left out where they lead nowhere")
    func symbolic() async throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        try await fixture.git("update-ref", "refs/heads/main", one.hex)
        try await fixture.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
        try await fixture.git("symbolic-ref", "refs/heads/lost", "refs/heads/none")
        #expect(try fixture.repository.reference("HEAD") == one)
        #expect(try fixture.repository.reference("refs/heads/lost") == nil)
        let listed = try fixture.repository.references(withPrefix: "refs/heads/")
        #expect(listed.map(\.name) == ["refs/heads/alias", "refs/heads/main"])
    }

    @Test(
        "a damaged reference is an error, in a lookup and in a list",
        arguments: ["", "\n", "abc\n", "ref: \n", String(repeating: "0", count: 39) + "\n"])
    func damaged(_ content: String) throws {
        let fixture = try RepositoryFixture()
        try fixture.folder.write("fixture.git/refs/heads/bad", content)
        let one = #expect(throws: GitError.self) {
            try fixture.repository.reference("refs/heads/bad")
        }
        let all = #expect(throws: GitError.self) {
            try fixture.repository.references(withPrefix: "refs/")
        }
        #expect(one?.code == .corrupt && all?.code == .corrupt)
        #expect(throws: Never.self) { try fixture.repository.references(withPrefix: "refs/pins/") }
    }

    @Test("damaged packed references are an error, however often they are asked for")
    func damagedPacked() throws {
        let fixture = try RepositoryFixture()
        try fixture.folder.write("fixture.git/packed-refs", "nonsense\n")
        let error = #expect(throws: GitError.self) {
            try fixture.repository.references(withPrefix: "refs/")
        }
        #expect(error?.code == .corrupt)
        // libgit2 alone would call them empty when it is asked again.
        for _ in 0..<2 {
            let again = #expect(throws: GitError.self) {
                try fixture.repository.reference("refs/heads/main")
            }
            #expect(again?.code == .corrupt)
        }
    }

    @Test("locks and files whose names Git does not allow are no references")
    func strangers() throws {
        let fixture = try RepositoryFixture()
        let one = try fixture.commit("1")
        try fixture.folder.write("fixture.git/refs/heads/a.lock", "")
        try fixture.folder.write("fixture.git/refs/heads/.DS_Store", "x")
        try fixture.folder.write("fixture.git/refs/heads/good", "\(one)\n")
        let listed = try fixture.repository.references(withPrefix: "refs/")
        #expect(listed.map(\.name) == ["refs/heads/good"])
    }
}
