import Foundation
import TestSupport
import Testing

@Suite("Installing hooks")
struct HookInstallTests {
    @Test("they are installed once, are executable and run the program that installed them")
    func clean() async throws {
        let clone = try await Clone(of: .published(), hooks: false)
        let first = try await clone.desk.json("hook", "install", "--checkout", "clone")
        let directory = try #require(first["directory"]?.text)
        #expect(directory == clone.directory.path + "/.git/hooks")
        #expect(first["program"]?.text == clone.desk.sheaf.program.executable)
        for hook in ["pre-commit", "commit-msg"] {
            #expect(FileManager.default.isExecutableFile(atPath: "\(directory)/\(hook)"))
        }
        let again = try await clone.desk.json("hook", "install", "--checkout", "clone")
        #expect(again["hooks"]?[0]?["previous"]?.text == "current")
        #expect(again["hooks"]?[1]?["previous"]?.text == "current")
    }

    @Test("a hook of somebody else is replaced with --force alone")
    func foreign() async throws {
        let clone = try await Clone(of: .published(), hooks: false)
        let file = "clone/.git/hooks/pre-commit"
        try clone.desk.home.write("#!/bin/sh\nexit 0\n", to: file)
        let refused = try await clone.desk.sheaf.run("hook", "install", "--checkout", "clone")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("(conflict)"))
        #expect(refused.errorText.contains("--force"))
        #expect(
            !FileManager.default.fileExists(atPath: clone.directory.path + "/.git/hooks/commit-msg")
        )
        let forced = try await clone.desk.json("hook", "install", "--checkout", "clone", "--force")
        #expect(forced["hooks"]?[0]?["previous"]?.text == "foreign")
        try await clone.commit("two")
        #expect(try await clone.trailer("Bundle-Revision") == "2")
    }

    @Test("an older hook and one that lost its mode are put right")
    func outdated() async throws {
        let clone = try await Clone.published()
        let hooks = clone.directory.appending(path: ".git/hooks")
        let older = try String(contentsOf: hooks.appending(path: "pre-commit"), encoding: .utf8)
            .replacing(/sheaf='.*'/, with: "sheaf='/nowhere/sheaf'")
        try Data(older.utf8).write(to: hooks.appending(path: "pre-commit"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: hooks.path + "/commit-msg")
        let installed = try await clone.desk.json("hook", "install", "--checkout", "clone")
        #expect(installed["hooks"]?[0]?["previous"]?.text == "outdated")
        #expect(installed["hooks"]?[1]?["previous"]?.text == "not_executable")
        try await clone.commit("two")
        #expect(try await clone.trailer("Bundle-Revision") == "2")
    }

    @Test("core.hooksPath of the repository is where they go, and all worktrees have them")
    func places() async throws {
        let clone = try await Clone(of: .published(), hooks: false)
        try await clone.git.check("config", "core.hooksPath", "my hooks")
        try await clone.desk.check("hook", "install", "--checkout", "clone")
        #expect(
            FileManager.default.fileExists(atPath: clone.directory.path + "/my hooks/commit-msg"))
        try FileManager.default.removeItem(atPath: clone.directory.path + "/my hooks")
        try await clone.git.check("config", "--unset", "core.hooksPath")

        try await clone.git.check("worktree", "add", "--quiet", "-b", "topic", "../tree")
        let tree = GitOracle(in: clone.desk.home.appending("tree"))
        try await clone.desk.check("hook", "install", "--checkout", "tree")
        try clone.desk.home.write("Three.\n", to: "tree/prompts/coder.md")
        try await tree.check("commit", "--quiet", "-a", "-m", "in a worktree")
        let number = try await tree.text(
            "log", "-1", "--format=%(trailers:key=Bundle-Revision,valueonly,separator=%x2C)")
        #expect(number == "2")
    }

    @Test("a place for the hooks of all repositories is refused")
    func shared() async throws {
        let clone = try await Clone(of: .published(), hooks: false)
        try clone.desk.home.write("[core]\n\thooksPath = /srv/all-hooks\n", to: "all.gitconfig")
        let sheaf = clone.desk.sheaf.with([
            "GIT_CONFIG_GLOBAL": clone.desk.home.path + "/all.gitconfig"
        ])
        let output = try await sheaf.run("hook", "install", "--checkout", "clone")
        #expect(output.status == 1)
        #expect(output.errorText.contains("core.hooksPath"), "\(output)")
    }

    @Test("a repository gets the gate; a place that is none is not found")
    func repositories() async throws {
        let desk = try Desk()
        try await desk.plainGit.check("init", "--quiet", "--bare", "plain.git")
        try await desk.check("hook", "install", "--repository", "plain.git")
        for hook in ["pre-receive", "proc-receive"] {
            let file = desk.home.path + "/plain.git/hooks/\(hook)"
            #expect(FileManager.default.isExecutableFile(atPath: file))
        }
        for place in [["--repository", "nowhere"], ["--checkout", "agents"]] {
            let output = try await desk.sheaf.run(["hook", "install"] + place)
            #expect(output.status == 1)
            #expect(output.errorText.contains("(not_found)"), "\(output)")
        }
    }

    @Test("without its program a commit hook refuses and says what to do")
    func withoutProgram() async throws {
        let clone = try await Clone.published()
        for hook in ["pre-commit", "commit-msg"] {
            let file = clone.directory.appending(path: ".git/hooks/\(hook)")
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing(/sheaf='.*'/, with: "sheaf='/nowhere/sheaf'")
            try Data(text.utf8).write(to: file)
            try clone.edit("\(hook)\n")
            let output = try await clone.git.run(["commit", "-a", "-m", "x"])
            #expect(!output.succeeded)
            #expect(output.errorText.contains("sheaf hook install"), "\(output)")
            try await clone.desk.check("hook", "install", "--checkout", "clone")
        }
    }
}
