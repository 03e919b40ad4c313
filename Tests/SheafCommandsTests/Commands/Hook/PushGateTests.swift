import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("The push gate, with real pushes")
struct PushGateTests {
    @Test("a clone, an edit, a commit with the hooks and a push make a revision")
    func accepted() async throws {
        let clone = try await Clone.published()
        try await clone.commit("Shorter prompt", "--signoff")
        try await clone.commit("Even shorter")
        let pushed = try await clone.push()
        #expect(pushed.succeeded, "\(pushed)")
        #expect(!pushed.errorText.contains("remote:"), "\(pushed)")
        try await clone.desk.check("verify", "support-agents")
        let log = try await clone.desk.json("log", "support-agents")
        #expect(log["revisions"]?.count == 3)
        #expect(log["revisions"]?[0]?["subject"]?.text == "Even shorter")
        #expect(try await clone.message("HEAD^").contains("\n\nSigned-off-by: "))
    }

    @Test(
        "a bad push is refused with its code and reason, and changes nothing on the server",
        arguments: BadPush.references + BadPush.messages)
    func refused(push: BadPush) async throws { try await expectRefusal(of: push) }

    @Test(
        "contents that are no bundle are refused as 'sheaf check' does, whatever is remembered",
        arguments: BadPush.contents, [false, true])
    func contents(push: BadPush, isWarm: Bool) async throws {
        try await expectRefusal(of: push, isWarm: isWarm)
    }

    @Test("what is wrong beside files that are not read again is found", arguments: BadPush.related)
    func related(push: BadPush) async throws { try await expectRefusal(of: push, isWarm: true) }

    @Test("a release that is not its revision is refused", arguments: BadPush.releases)
    func releases(push: BadPush) async throws { try await expectRefusal(of: push) }

    private func expectRefusal(of push: BadPush, isWarm: Bool = false) async throws {
        let clone = try await Clone.published()
        if isWarm {
            try clone.edit("schema: sheaf/profile/v1\nextends: base\n", "profiles/child.yaml")
            try clone.edit("schema: sheaf/profile/v1\n", "profiles/base.yaml")
            try clone.edit(
                """
                schema: sheaf/model/v1
                provider: anthropic
                model: claude-sonnet-4
                credential: model-key

                """, "models/main.yaml")
            try clone.edit(
                """
                schema: sheaf/declaration/v1
                kind: secret_ref
                ref: secret:model/key
                purpose: calls the model

                """, "policies/model-key.yaml")
            for text in ["a", "b"] {
                try await clone.commit(text)
                let pushed = try await clone.push()
                #expect(pushed.succeeded, "\(pushed)")
            }
        }
        let arguments = try await push.prepare(clone)
        try #require(!arguments.isEmpty)
        let before = try await clone.desk.serverState()
        let output = try await clone.push(arguments)
        #expect(!output.succeeded, "\(output)")
        let said = Self.remoteLines(output)
        #expect(said.contains("(\(push.code.rawValue))"), "\(output)")
        #expect(said.contains(push.message), "\(output)")
        #expect(!said.contains(clone.desk.home.path), "\(output)")
        #expect(!said.contains("\u{1B}[3"), "\(output)")
        #expect(try await clone.desk.serverState() == before)
    }

    /// What the server said, without what Git's client adds to each line.
    private static func remoteLines(_ output: ProgramOutput) -> String {
        output.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
            .map { String($0.dropFirst(8)) }.joined(separator: "\n")
    }

    @Test("every commit of a push is judged, and all that is wrong is said at once")
    func everything() async throws {
        let clone = try await Clone.published()
        let two = try await clone.commit("two")
        try await clone.git.check("rm", "--quiet", "prompts/coder.md")
        let bad = try await clone.forge(like: two, tree: try await clone.git.text("write-tree"))
        let worse = try await clone.forge(like: two, parents: [bad]) { _ in "by hand" }
        let output = try await clone.push("\(worse):\(Desk.branch)", "HEAD:refs/heads/main")
        for text in [
            String(bad.prefix(10)), String(worse.prefix(10)), "refs/heads/main",
            "missing-reference",
            "'Bundle-Workspace' is missing",
        ] {
            #expect(output.errorText.contains(text), "\(text): \(output)")
        }
    }

    @Test("a revision and its release are taken together when the push is atomic")
    func atomic() async throws {
        let desk = try await Desk.published()
        // Another repository of the same history publishes, as a person without the server's disk.
        try await desk.plainGit.check(
            "clone", "--quiet", "--mirror", desk.repository.path(percentEncoded: false), "mine.git")
        try desk.edit("Second.\n")
        try await desk.check("publish", "agents", "-m", "second", "--repository", "mine.git")
        let mine = GitOracle(in: desk.home.appending("mine.git"))
        let refs = [Desk.branch, Desk.latest]
        let before = try await desk.git.lines("for-each-ref")
        let alone = try await mine.run(["push", "origin", Desk.latest])
        #expect(!alone.succeeded)
        #expect(try await desk.git.lines("for-each-ref") == before)

        let loose = try await mine.run(
            ["-c", "remote.origin.mirror=false", "push", "origin"] + refs)
        #expect(!loose.succeeded)
        #expect(loose.errorText.contains("--atomic"), "\(loose)")
        let after = try await desk.git.commit(Desk.latest)
        #expect(before.contains { $0.hasPrefix(after) })

        let together = try await mine.run(
            ["-c", "remote.origin.mirror=false", "push", "--atomic", "origin"] + refs)
        #expect(together.succeeded, "\(together)")
        try await desk.check("verify", "support-agents@latest")
        #expect(try await desk.git.commit(Desk.latest) == mine.commit(Desk.latest))
    }

    @Test("a new bundle begins with revision 1, and a rollback may name an old revision")
    func others() async throws {
        let desk = try await Desk.published()
        try desk.writeBundle("others", id: "others")
        try await desk.check("publish", "others", "--repository", "mine.git", "-m", "first")
        let mine = GitOracle(in: desk.home.appending("mine.git"))
        let there = desk.repository.path(percentEncoded: false)
        let pushed = try await mine.run(
            [
                "push", "--atomic", there, "refs/heads/bundles/others",
                "refs/heads/channels/others/*",
            ])
        #expect(pushed.succeeded, "\(pushed)")
        for text in ["Two.\n", "Three.\n"] {
            try desk.edit(text)
            try await desk.check("publish", "agents", "-m", text)
        }
        try await desk.plainGit.check("clone", "--quiet", "--mirror", there, "third.git")
        try await desk.check(
            "channel", "rollback", "support-agents", "latest", "--to", "1", "--reason",
            "too brief", "--repository", "third.git")
        let third = GitOracle(in: desk.home.appending("third.git"))
        let back = try await third.run(
            ["-c", "remote.origin.mirror=false", "push", "origin", Desk.latest])
        #expect(back.succeeded, "\(back)")
        try await desk.check("verify", "support-agents@latest")
    }

    @Test("what was found in order is not read again, and losing the memory costs time alone")
    func memory() async throws {
        let clone = try await Clone.published()
        try await clone.commit("two")
        #expect(try await clone.push().succeeded)
        let memory = clone.desk.repository.appending(path: "sheaf.verified/support-agents")
        let bytes = try Data(contentsOf: memory)
        for (number, damage) in [Data(), Data(bytes.dropLast(40)), Data(bytes.reversed())]
            .enumerated()
        {
            try damage.write(to: memory)
            try await clone.commit("after damage \(number)")
            let pushed = try await clone.push()
            #expect(pushed.succeeded, "\(pushed)")
        }
        try FileManager.default.removeItem(at: memory.deletingLastPathComponent())
        // A parent that nobody remembers is no reason to take its contents for granted.
        try await clone.git.check("rm", "--quiet", "prompts/coder.md")
        let bad = try await clone.forge(
            tree: try await clone.git.text("write-tree"), parents: ["HEAD"]
        ) { $0.replacing("Bundle-Revision: 5", with: "Bundle-Revision: 6") }
        #expect(try await !clone.push("\(bad):\(Desk.branch)").succeeded)
    }
}
