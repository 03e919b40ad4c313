import Foundation
import TestSupport
import Testing

@Suite("Commits with plain Git on a bundle's branch")
struct CommitHookTests {
    @Test("the trailers say what the commit is, in one block with the writer's own")
    func stamped() async throws {
        let clone = try await Clone.published()
        let parent = try await clone.git.commit("HEAD")
        try await clone.commit("Shorter prompt", "--signoff")
        let message = try await clone.message()
        let digest = try await clone.desk.json("digest", "clone")["digest"]?.text
        #expect(
            message == """
                Shorter prompt

                Signed-off-by: Carl Committer <carl@example.com>
                Bundle-Workspace: acme
                Bundle-Id: support-agents
                Bundle-Revision: 2
                Bundle-Digest: \(digest ?? "none")
                Bundle-Source: git:clone@\(parent)
                Bundle-Source-State: modified
                Bundle-Publisher: sheaf/0.1.0
                """)
        let parsed = try await clone.git.check(
            "interpret-trailers", "--parse", "--no-divider", input: Array(message.utf8))
        #expect(parsed.lines.count == 8)
    }

    @Test("a remote that others reach is named without what is private in it")
    func remote() async throws {
        let clone = try await Clone.published()
        let parent = try await clone.git.commit("HEAD")
        let password = ["hun", "ter2"].joined()
        try await clone.git.check(
            "remote", "set-url", "origin", "https://me:\(password)@git.example/acme/agents.git")
        try await clone.commit("two")
        let source = try await clone.trailer("Bundle-Source")
        #expect(source == "git+https://git.example/acme/agents.git@\(parent)")
    }

    @Test(
        "an amended commit keeps its number and gets the digest of what it holds",
        arguments: [["--no-edit"], ["-m", "anew"], ["--am", "--no-edit", "-s"]])
    func amended(arguments: [String]) async throws {
        let clone = try await Clone.published()
        try await clone.commit("two")
        let digest = try await clone.trailer("Bundle-Digest")
        try clone.edit("two and a half\n")
        let amend = arguments.contains("--am") ? [] : ["--amend"]
        try await clone.git.check(["commit", "--quiet", "-a"] + amend + arguments)
        #expect(try await clone.trailer("Bundle-Revision") == "2")
        #expect(try await clone.trailer("Bundle-Digest") != digest)
        #expect(try await clone.push().succeeded)
        // The word as a value is no option.
        try clone.edit("three\n")
        try await clone.git.check("commit", "--quiet", "-a", "-m", "--amend")
        #expect(try await clone.trailer("Bundle-Revision") == "3")
    }

    @Test("an alias for amending is seen through")
    func alias() async throws {
        let clone = try await Clone.published()
        try await clone.commit("two")
        try await clone.git.check("config", "alias.again", "commit --amend --no-edit")
        try clone.edit("two again\n")
        try await clone.git.check("again", "-a", "-q")
        #expect(try await clone.trailer("Bundle-Revision") == "2")
    }

    @Test("comments and the scissors of an editor stay below the trailers")
    func editor() async throws {
        let clone = try await Clone.published()
        let script = """
            #!/bin/sh
            { printf 'By editor\\n\\nWhy.\\n\\nReviewed-by: A <a@example.com>\\n'; cat "$1"; } >"$1.new"
            mv "$1.new" "$1"

            """
        let editor = try clone.desk.home.write(script, to: "editor").path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
        let git = clone.git(environment: ["GIT_EDITOR": editor])
        for (character, text) in [("#", "one"), (";", "two")] {
            try await clone.git.check("config", "core.commentChar", character)
            try clone.edit("\(text)\n")
            try await git.check("commit", "--quiet", "-a", "--verbose")
            let message = try await clone.message()
            #expect(
                message.hasPrefix("By editor\n\nWhy.\n\nReviewed-by: A <a@example.com>\nBundle-"))
            #expect(!message.contains("diff --git"))
        }
        #expect(try await clone.push().succeeded)
    }

    @Test("a picked commit gets the trailers of its place from 'stamp'")
    func picked() async throws {
        let clone = try await Clone.published()
        try await clone.git.check("switch", "--quiet", "-c", "topic")
        try clone.edit("notes\n", "README.md")
        try await clone.git.check("add", "--all")
        try await clone.git.check("commit", "--quiet", "-m", "notes")
        let topic = try await clone.git.commit("HEAD")
        #expect(try await clone.trailer("Bundle-Revision") == "2")
        try await clone.git.check("switch", "--quiet", "bundles/support-agents")
        try await clone.commit("two")
        try await clone.git(environment: ["GIT_EDITOR": "true"])
            .check("cherry-pick", "--edit", topic)
        // Git runs no hook for it, as for the steps of a rebase.
        #expect(try await clone.trailer("Bundle-Revision") == "2")
        #expect(try await !clone.push().succeeded)
        #expect(try await clone.sheaf("stamp").succeeded)
        #expect(try await clone.trailer("Bundle-Revision") == "3")
        #expect(try await clone.push().succeeded)
    }

    @Test("the first revision of a new bundle is stamped")
    func first() async throws {
        let desk = try await Desk.published()
        try desk.writeBundle("others", id: "others")
        let git = try await GitOracle(repositoryAt: desk.home.appending("others"))
        try await git.check("checkout", "--quiet", "--orphan", "bundles/others")
        try await desk.check("hook", "install", "--checkout", "others")
        try await git.check("add", "--all")
        try await git.check("commit", "--quiet", "-m", "first")
        #expect(
            try await git.text("log", "-1", "--format=%B").contains(
                "Bundle-Source: directory:others"))
        let there = desk.repository.path(percentEncoded: false)
        let pushed = try await git.run(["push", there, "HEAD"])
        #expect(pushed.succeeded, "\(pushed)")
        try await desk.check("verify", "others@1")
    }

    @Test("other branches and other repositories are left alone")
    func others() async throws {
        let desk = try await Desk.published()
        let git = try await GitOracle(repositoryAt: desk.home.appending("agents"))
        try await desk.check("hook", "install", "--checkout", "agents")
        try await git.check("add", "--all")
        try await git.check("commit", "--quiet", "-m", "a monorepo")
        #expect(try await git.text("log", "-1", "--format=%B") == "a monorepo")
        let empty = try await git.run([
            "commit", "--allow-empty", "--allow-empty-message", "-m", "",
        ])
        #expect(empty.succeeded, "\(empty)")
    }

    @Test("a merge is refused, and a branch whose newest commit has no trailers is left to 'stamp'")
    func unusual() async throws {
        let clone = try await Clone.published()
        try await clone.git.check("switch", "--quiet", "-c", "topic")
        try clone.edit("notes\n", "README.md")
        try await clone.git.check("add", "--all")
        try await clone.git.check("commit", "--quiet", "-m", "notes")
        try await clone.git.check("switch", "--quiet", "bundles/support-agents")
        try await clone.commit("two")
        let merge = try await clone.git.run(["merge", "--no-edit", "topic"])
        #expect(!merge.succeeded)
        #expect(merge.errorText.contains("renumber"), "\(merge)")
        try await clone.git.check("merge", "--abort")
        try await clone.commit("unstamped", "--no-verify")
        try clone.edit("four\n")
        let next = try await clone.git.run(["commit", "-a", "-m", "four"])
        #expect(next.succeeded)
        #expect(next.errorText.contains("sheaf stamp"), "\(next)")
        #expect(try await clone.sheaf("stamp").succeeded)
        #expect(try await clone.push().succeeded)
    }

    @Test("what is staged is checked, not what lies beside it")
    func staged() async throws {
        let clone = try await Clone.published()
        try clone.edit("schema: sheaf/profile/v1\ncolour: red\n", "profiles/coder.yaml")
        try await clone.git.check("add", "--all")
        try clone.edit("schema: sheaf/profile/v1\n", "profiles/coder.yaml")
        let refused = try await clone.git.run(["commit", "-m", "bad"])
        #expect(!refused.succeeded)
        #expect(
            refused.errorText.contains("profiles/coder.yaml:2:1: unsupported_declaration"),
            "\(refused)")
        // All of the working files are right.
        try await clone.git.check("commit", "--quiet", "-a", "-m", "good")
        try clone.edit("schema: sheaf/profile/v1\ncolour: red\n", "profiles/coder.yaml")
        try clone.edit("three\n")
        try await clone.git.check("commit", "--quiet", "-m", "one file", "prompts/coder.md")
        #expect(try await clone.push().succeeded)
    }

    @Test("in a repository of many things only the bundles that a commit touches are checked")
    func monorepo() async throws {
        let desk = try Desk(bundle: false)
        try desk.writeBundle("mono/agents/support")
        try desk.writeBundle("mono/agents/sales", id: "sales")
        try desk.home.write("*.tmp\n", to: "mono/agents/support/.gitignore")
        try desk.home.write("colour: red\n", to: "mono/agents/sales/profiles/bad.yaml")
        try desk.home.write("x\n", to: "mono/src/main.txt")
        let git = try await GitOracle(repositoryAt: desk.home.appending("mono"))
        try await git.check("add", "--all")
        try await git.check("commit", "--quiet", "-m", "before the hooks")
        try await desk.check("hook", "install", "--checkout", "mono")
        try desk.home.write("y\n", to: "mono/src/main.txt")
        try desk.home.write("Brief.\n", to: "mono/agents/support/prompts/coder.md")
        try await git.check("commit", "--quiet", "-a", "-m", "fine")
        #expect(try await git.text("log", "-1", "--format=%B") == "fine")
        try desk.home.write("Brief.\n", to: "mono/agents/sales/prompts/coder.md")
        let refused = try await git.run(["commit", "-a", "-m", "touches what is wrong"])
        #expect(!refused.succeeded)
        #expect(refused.errorText.contains("agents/sales/profiles/bad.yaml:1:1: "), "\(refused)")
        #expect(!refused.errorText.contains("agents/support"), "\(refused)")
        try await git.check("add", "--all")
        let json = try await desk.sheaf.running(in: desk.home.appending("mono"))
            .run("hook", "pre-commit", "--format", "json")
        #expect(json.status == 1)
        #expect(
            try JSONValue(json.standardOutput)["bundles"]?[0]?["directory"]?.text == "agents/sales")
    }
}
