import Foundation
import TestSupport
import Testing

@Suite("Messages as Git cleans them up")
struct MessageCleanupTests {
    private static let body = "\n\nWhy.\n\n#123 is closed by it\n"

    /// Makes an editor that writes a message above what Git put there.
    private func editor(_ clone: Clone, _ text: String) throws -> String {
        let script = "#!/bin/sh\n{ cat <<'END'; cat \"$1\"; } >\"$1.new\"\n\(text)\nEND\n"
        let file = try clone.desk.home.write(script + "mv \"$1.new\" \"$1\"\n", to: "editor")
            .path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        return file
    }

    private func expectTrailersLast(_ clone: Clone, behind text: String) async throws {
        let message = try await clone.message()
        #expect(message.hasPrefix(text), "\(message)")
        #expect(message.contains("\nBundle-Publisher: sheaf/"))
        let last = message.split(separator: "\n").last
        #expect(last?.hasPrefix("Bundle-Publisher: ") == true, "\(message)")
        let pushed = try await clone.push()
        #expect(pushed.succeeded, "\(pushed)")
    }

    @Test("lines that Git keeps stay where they are", arguments: ["-m", "-F", "whitespace"])
    func kept(way: String) async throws {
        let clone = try await Clone.published()
        try clone.edit("two\n")
        let text = "Title" + Self.body
        switch way {
        case "-m": try await clone.git.check("commit", "--quiet", "-a", "-m", text)
        case "-F":
            try await clone.git.check(
                "commit", "--quiet", "-a", "-F", "-", input: Array(text.utf8))
        default:
            try await clone.git.check("config", "commit.cleanup", "whitespace")
            let git = clone.git(environment: ["GIT_EDITOR": try editor(clone, text)])
            try await git.check("commit", "--quiet", "-a", "--no-status")
        }
        try await expectTrailersLast(clone, behind: "Title\n\nWhy.\n\n#123 is closed by it\n\n")
    }

    @Test("lines that Git takes away are taken away, with an editor or when asked for")
    func removed() async throws {
        let clone = try await Clone.published()
        try clone.edit("two\n")
        try await clone.git.check(
            "commit", "--quiet", "-a", "--cleanup=strip", "-m", "Title" + Self.body)
        try await expectTrailersLast(clone, behind: "Title\n\nWhy.\n\nBundle-Workspace: ")
    }

    @Test("a character that Git chooses for comments is found", arguments: [[], ["--verbose"]])
    func chosen(arguments: [String]) async throws {
        let clone = try await Clone.published()
        try await clone.git.check("config", "core.commentChar", "auto")
        try await clone.git.check("config", "commit.verbose", "true")
        // The message before is what Git looks at when it chooses.
        try clone.edit("two\n")
        try await clone.git.check("commit", "--quiet", "-a", "-m", "#1 is done")
        try clone.edit("two and a half\n")
        let git = clone.git(environment: ["GIT_EDITOR": try editor(clone, "Title" + Self.body)])
        try await git.check(["commit", "--quiet", "-a", "--amend"] + arguments)
        let message = try await clone.message()
        #expect(!message.contains("diff --git"), "\(message)")
        try await expectTrailersLast(clone, behind: "Title\n")
    }

    @Test("a comment character that would take the trailers away is refused")
    func hostile() async throws {
        let clone = try await Clone.published()
        try await clone.git.check("config", "core.commentChar", "B")
        try clone.edit("two\n")
        let output = try await clone.git.run(["commit", "-a", "--cleanup=strip", "-m", "two"])
        #expect(!output.succeeded)
        #expect(output.errorText.contains("(invalid_request)"), "\(output)")
    }

    @Test("a Git directory in another place than the checkout is found")
    func elsewhere() async throws {
        let clone = try await Clone.published()
        let home = clone.desk.home
        try FileManager.default.moveItem(
            at: clone.directory.appending(path: ".git"), to: home.appending("elsewhere.git"))
        try clone.edit("two\n")
        let git = GitOracle(in: home.url, environment: ["HOME": home.path])
        try await git.check(
            "--git-dir=elsewhere.git", "--work-tree=clone", "commit", "--quiet", "-a", "-m", "two")
        let server = GitOracle(in: home.appending("elsewhere.git"))
        #expect(try await server.text("log", "-1", "--format=%B").contains("Bundle-Revision: 2"))
    }

    @Test(
        "a repository that Sheaf cannot read, and without a bundle, is none of the hooks",
        arguments: [["--object-format=sha256"], []])
    func unreadable(arguments: [String]) async throws {
        let desk = try Desk(bundle: false)
        try await desk.plainGit.check(["init", "--quiet"] + arguments + ["other"])
        let git = GitOracle(in: desk.home.appending("other"))
        if arguments.isEmpty {
            try await git.check("config", "core.repositoryFormatVersion", "1")
            try await git.check("config", "extensions.worktreeConfig", "true")
        }
        try await desk.check("hook", "install", "--checkout", "other")
        for text in ["one", "two"] {
            try desk.home.write("\(text)\n", to: "other/file.txt")
            try await git.check("add", "--all")
            let committed = try await git.run(["commit", "-m", text])
            #expect(committed.succeeded, "\(committed)")
        }
        #expect(try await git.text("log", "-1", "--format=%B") == "two")
    }
}
