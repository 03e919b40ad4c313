import BundleModel
import Foundation
import TestSupport
import Testing

/// What `git bundle create` writes, read by us; and what we write, read by git.
@Suite("bundle files of git")
struct GitBundleOracleTests {
    /// A repository with commits whose messages are not easy, a branch and an annotated tag.
    private static func repository(in directory: TemporaryDirectory) async throws -> GitOracle {
        var git = try await GitOracle(repositoryAt: directory.makeDirectory("repository"))
        let messages: [[UInt8]] = [
            Array("first".utf8), Array("two\nlines of a subject\n\nbody".utf8), [],
            Array("-\(String(repeating: "a", count: 40)) like a line".utf8),
            [0x6C, 0xE9, 0x67, 0x61, 0x6C], Array("契約審査 \u{202E}".utf8),
            Array(String(repeating: "long ", count: 2000).utf8),
        ]
        for (hour, message) in messages.enumerated() {
            // An hour apart from 2023-11-14T22:13:20Z on, so that a time means the same every day.
            git.program.environment["GIT_COMMITTER_DATE"] = "\(1_700_000_000 + hour * 3600) +0000"
            try await git.check(
                "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--allow-empty",
                "--allow-empty-message", "--cleanup=verbatim", "--file=-", input: message)
        }
        try await git.check("branch", "bundles/エージェント", "HEAD~2")
        try await git.check("tag", "--annotate", "--message=tag", "v1", "HEAD~1")
        return git
    }

    private static func bytes(_ git: GitOracle, _ arguments: String...) async throws -> [UInt8] {
        try await git.check(["bundle", "create", "--quiet", "--version=2", "-"] + arguments)
            .standardOutput
    }

    @Test(
        "a whole and an incremental bundle file of git are read as git reads them",
        arguments: [
            ["--all"], ["main"], ["HEAD", "main"], ["main", "^HEAD~1"], ["--all", "^main~3"],
            ["main~0", "refs/heads/main", "^main~5", "^bundles/エージェント"], ["v1", "^main~2"],
            ["main", "--since=2023-11-15T02:00:00Z"],
        ])
    func read(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let git = try await Self.repository(in: directory)
        let output = try await git.run(
            ["bundle", "create", "--quiet", "--version=2", "-"] + arguments)
        try #require(output.succeeded, "\(output)")
        let bytes = output.standardOutput
        try directory.write(bytes, to: "repository/a.bundle")

        let header = try GitBundleHeader(bytes)
        #expect(bytes[header.byteCount...].starts(with: "PACK".utf8))
        #expect(header.encode() == Array(bytes.prefix(header.byteCount)))
        let heads = try await git.lines("bundle", "list-heads", "a.bundle")
        #expect(header.references.map { "\($0.commit) \($0.name)" } == heads)
        #expect(header.references.isEmpty == false)

        let verified = try await git.lines("bundle", "verify", "a.bundle")
        for prerequisite in header.prerequisites {
            let id = prerequisite.commit.hex
            #expect(verified.contains { $0.hasPrefix(id) })
            let subject = try await git.check(
                "-c", "i18n.logOutputEncoding=UTF-8", "log", "-1", "--format=%s", id)
            #expect((prerequisite.comment ?? []) + [0x0A] == subject.standardOutput)
        }
    }

    @Test("the cases have prerequisites, several references and none of both")
    func cases() async throws {
        let directory = try TemporaryDirectory()
        let git = try await Self.repository(in: directory)
        let whole = try GitBundleHeader(await Self.bytes(git, "--all"))
        #expect(whole.prerequisites.isEmpty && whole.references.count > 2)
        let part = try GitBundleHeader(await Self.bytes(git, "--all", "^main~3"))
        #expect(!part.prerequisites.isEmpty)
    }

    @Test("version 3 and other object formats are refused by what they say they are")
    func version3() async throws {
        let directory = try TemporaryDirectory()
        let git = try await Self.repository(in: directory)
        let filtered = try await git.check(
            "bundle", "create", "--quiet", "-", "--filter=blob:none", "main")
        let plain = try await git.check("bundle", "create", "--quiet", "--version=3", "-", "main")
        for bytes in [filtered.standardOutput, plain.standardOutput] {
            let error = try #require(throws: GitBundleHeaderError.self) {
                try GitBundleHeader(bytes)
            }
            #expect(error.problem == .otherVersion)
        }
    }

    @Test("git reads a header that we wrote")
    func written() async throws {
        let directory = try TemporaryDirectory()
        let git = try await Self.repository(in: directory)
        let bytes = try await Self.bytes(git, "main", "^main~2")
        let read = try GitBundleHeader(bytes)
        let old = try #require(read.references.first)
        let prerequisites = read.prerequisites.compactMap {
            GitBundleHeader.Prerequisite(commit: $0.commit)
        }
        let reference = try #require(
            GitBundleHeader.Reference(commit: old.commit, name: "refs/heads/channels/a/b"))
        let header = try #require(
            GitBundleHeader(prerequisites: prerequisites, references: [reference]))
        try directory.write(
            header.encode() + bytes[read.byteCount...], to: "repository/own.bundle")
        try await git.check("bundle", "verify", "own.bundle")
        #expect(
            try await git.lines("bundle", "list-heads", "own.bundle")
                == ["\(old.commit) refs/heads/channels/a/b"])
        try await git.check("fetch", "--quiet", "own.bundle", "refs/heads/channels/a/b:refs/x/y")
    }

    /// Git strips white space at the end of a line and takes prerequisites anywhere; we are
    /// stricter, so what we accept git accepts with the same meaning, and not the other way round.
    @Test("git reads the same in every header that we accept", arguments: 0..<4)
    func generated(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        let git = try await GitOracle(repositoryAt: directory.makeDirectory("repository"))
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<60 {
            let bytes = Self.header(&generator)
            guard let header = try? GitBundleHeader(bytes) else { continue }
            accepted += 1
            try directory.write(bytes, to: "repository/a.bundle")
            let output = try await git.run(["bundle", "list-heads", "a.bundle"])
            #expect(output.succeeded, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(header.references.map { "\($0.commit) \($0.name)" } == output.lines)
        }
        #expect(accepted > 10 && accepted < 50)
    }

    private static let lines = [
        "-\(Samples.commit)", "-\(Samples.commit) ", "-\(Samples.otherCommit) subject \r",
        "-\(Samples.otherCommit) ", "-\(Samples.commit)  two", "\(Samples.commit) HEAD",
        "\(Samples.otherCommit) refs/heads/bundles/a", "\(Samples.commit) refs/heads/b",
        "\(Samples.otherCommit) refs/tags/v1^{}", "\(Samples.commit) 値", "\(Samples.commit) -x",
        "\(Samples.commit)", "\(Samples.commit) a ", "-\(Samples.commit)\tx", "@object-format=sha1",
    ]

    private static func header(_ generator: inout SeededGenerator) -> [UInt8] {
        var text = "# v2 git bundle\n"
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            text += (lines.randomElement(using: &generator) ?? "") + "\n"
        }
        return Array((text + "\nPACK").utf8)
    }
}
