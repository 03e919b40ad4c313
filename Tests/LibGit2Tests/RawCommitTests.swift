import Foundation
import LibGit2
import Testing

@Suite struct RawCommitTests {
    private static let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    private static let author = "A <a@b> 1 +0000"
    private static let head = "tree \(tree)\nauthor \(author)\ncommitter \(author)\n"

    @Test("a commit has the id that git commit-tree gives")
    func encodesAsGit() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        let first = try await git.commit("first")
        let second = try await git.commit("second")
        let message = "Subject\n\nBody with ünïcode\n\nBundle-Id: x\n"
        let expected = try await git(
            "commit-tree", "-p", second, "-p", first, "HEAD^{tree}", input: Data(message.utf8))
        let tree = try await git("rev-parse", "HEAD^{tree}")
        let commit = RawCommit(
            tree: try #require(ObjectID(hex: tree)),
            parents: [try #require(ObjectID(hex: second)), try #require(ObjectID(hex: first))],
            author: Signature(
                name: "Ada", email: "ada@example.org", seconds: 1_700_000_000, offsetMinutes: 90),
            committer: Signature(
                name: "Bob", email: "bob@example.org", seconds: 1_700_000_100, offsetMinutes: -480),
            message: Array(message.utf8))
        #expect(ObjectID.hash(.commit, commit.encode()).hex == expected)
        #expect(try RawCommit.parse(commit.encode()) == commit)
        #expect(commit.encoding == nil && commit.extraHeaders.isEmpty)
    }

    @Test("what git wrote, an encoding among it, is read and written back the same")
    func roundTrip() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        try await git(
            "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--allow-empty", "-F", "-",
            input: Data([0xE9, 0x0A]))
        let bytes = [UInt8](try await git.bytes(["cat-file", "commit", "HEAD"]))
        let commit = try RawCommit.parse(bytes)
        #expect(commit.encoding == "ISO-8859-1")
        #expect(commit.extraHeaders.isEmpty)
        #expect(commit.message == [0xE9, 0x0A])
        #expect(commit.author.name == "Ada" && commit.committer.offsetMinutes == -480)
        #expect(commit.encode() == bytes)
    }

    @Test(
        "headers after the committer keep their order, their lines and their bytes",
        arguments: [
            "gpgsig -----BEGIN\n \n abc\n -----END\n",
            "encoding UTF-8\nmergetag object x\n type y\n",
            "x-a 1\nencoding latin1\nx-a 2\n", "empty \n", "HG:extra a  b \n",
        ])
    func extraHeaders(_ headers: String) throws {
        let bytes = Array("\(Self.head)\(headers)\nmessage".utf8)
        let commit = try RawCommit.parse(bytes)
        #expect(commit.encode() == bytes)
        #expect(!commit.headers.isEmpty)
        #expect(commit.extraHeaders.allSatisfy { $0.name != "encoding" })
    }

    @Test("a signature's lines are joined, and the encoding is found wherever it is")
    func values() throws {
        let headers = "gpgsig first\n second\nencoding x\n"
        let commit = try RawCommit.parse(Array("\(Self.head)\(headers)\n".utf8))
        #expect(commit.extraHeaders == [.init(name: "gpgsig", value: "first\nsecond")])
        #expect(commit.encoding == "x")
        #expect(commit.message.isEmpty)
    }

    @Test("a message is any bytes")
    func message() throws {
        let message: [UInt8] = [0, 0xFF, 0x0A, 0x0A]
        let commit = try RawCommit.parse(Array("\(Self.head)\n".utf8) + message)
        #expect(commit.message == message)
    }

    @Test(
        "a malformed commit is refused as corrupt",
        arguments: [
            "", "\n", "tree \(tree)\n", "tree \(tree)\n\nm", String(head.dropLast()), head,
            "author \(author)\n" + head + "\n", "tree \(tree)\n" + head + "\n",
            head + "author \(author)\n\n", head + "parent \(tree)\n\n", head + "nospace\n\n",
            head + " continued\n\n", "tree abc\nauthor \(author)\ncommitter \(author)\n\n",
            "tree \(tree.uppercased())\nauthor \(author)\ncommitter \(author)\n\n",
            "tree \(tree)\nparent \nauthor \(author)\ncommitter \(author)\n\n",
            "tree \(tree)\ncommitter \(author)\nauthor \(author)\n\n",
            "tree \(tree)\nauthor A <a@b>\ncommitter \(author)\n\n",
            "tree \(tree)\nauthor A\0 <a@b> 1 +0000\ncommitter \(author)\n\n",
            head + "x a\0b\n\n",
        ])
    func malformed(_ text: String) {
        let error = #expect(throws: GitError.self) { try RawCommit.parse(Array(text.utf8)) }
        #expect(error?.code == .corrupt)
    }

    @Test("a header's value is any bytes, its name is text")
    func headerBytes() throws {
        let head = Array(Self.head.utf8)
        let bytes = head + Array("x ".utf8) + [0xE9, 0x0A, 0x20, 0xFF, 0x0A, 0x0A]
        let commit = try RawCommit.parse(bytes)
        #expect(commit.headers == [.init(name: "x", bytes: [0xE9, 0x0A, 0xFF])])
        #expect(commit.headers.first?.value == "\u{FFFD}\n\u{FFFD}")
        #expect(commit.encode() == bytes)
        #expect(throws: GitError.self) {
            try RawCommit.parse(head + [0xE9] + Array(" x\n\n".utf8))
        }
    }

    @Test("a name that is not UTF-8 is refused, unless another encoding is claimed")
    func names() throws {
        let name: [UInt8] = [0xE9]
        let start = Array("tree \(Self.tree)\nauthor ".utf8) + name + Array(" <a@b> 1 +0000\n".utf8)
        let end = Array("committer \(Self.author)\n".utf8)
        #expect(throws: GitError.self) { try RawCommit.parse(start + end + [0x0A]) }
        let claimed = start + end + Array("encoding latin1\n\n".utf8)
        #expect(try RawCommit.parse(claimed).author.name == "\u{FFFD}")
    }
}
