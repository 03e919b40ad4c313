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
            try clone.edit(
                """
                schema: sheaf/profile/v1
                extends: base
                grants: [one, other]
                plugins: [tickets]

                """, "profiles/child.yaml")
            try clone.edit(BadPush.plugin, "plugins/tickets.yaml")
            for (name, variable) in [("one", "SHARED"), ("two", "SHARED"), ("other", "OTHER")] {
                try clone.edit(
                    BadPush.declaration(name, variable: variable), "policies/\(name).yaml")
            }
            try clone.edit("schema: sheaf/profile/v1\n", "profiles/base.yaml")
            try clone.edit(
                """
                schema: sheaf/model/v1
                provider: anthropic
                model: claude-sonnet-4
                credential: model-key

                """, "models/main.yaml")
            try clone.edit(
                BadPush.declaration("model", variable: "SHARED"), "policies/model-key.yaml")
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

    @Test("what was found in order is not read again")
    func unread() async throws {
        let clone = try await Clone.published()
        let server = clone.desk.git
        try await server.check("config", "core.sharedRepository", "0660")
        try clone.edit("A text that stays.\n", "prompts/other.md")
        try await clone.commit("two")
        #expect(try await clone.push().succeeded)
        let path = clone.desk.repository.path(percentEncoded: false) + "/"
        let memory = path + "sheaf.verified/support-agents"
        let mode = try FileManager.default.attributesOfItem(atPath: memory)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o660)

        // Every object becomes a file of its own, and one that of another text as long.
        for name in try FileManager.default.contentsOfDirectory(atPath: path + "objects/pack")
        where name.hasSuffix(".pack") {
            let pack = path + "objects/pack/" + name
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: pack)))
            for end in [".pack", ".idx"] {
                try FileManager.default.removeItem(atPath: pack.dropLast(5) + end)
            }
            try await server.check("unpack-objects", "-q", input: bytes)
        }
        func file(_ id: String) -> String { "\(path)objects/\(id.prefix(2))/\(id.dropFirst(2))" }
        let stays = try await server.text("rev-parse", "\(Desk.branch):prompts/other.md")
        let wrong = try await server.check(
            "hash-object", "-w", "--stdin", input: Array("B text that stays.\n".utf8)
        ).trimmed
        try FileManager.default.removeItem(atPath: file(stays))
        try FileManager.default.copyItem(atPath: file(wrong), toPath: file(stays))

        try await clone.commit("three")
        let remembered = try Data(contentsOf: URL(filePath: memory))
        try FileManager.default.removeItem(atPath: memory)
        let read = try await clone.push()
        #expect(!read.succeeded, "\(read)")
        try remembered.write(to: URL(filePath: memory))
        let unread = try await clone.push()
        #expect(unread.succeeded, "\(unread)")

        // A directory, too: another in its place is not read.
        let directory = try await server.text("rev-parse", "\(Desk.branch):profiles")
        let other = try await server.text("rev-parse", "\(Desk.branch)~1:prompts")
        try FileManager.default.removeItem(atPath: file(directory))
        try FileManager.default.copyItem(atPath: file(other), toPath: file(directory))
        try await clone.commit("four")
        let exchanged = try await clone.push()
        #expect(exchanged.succeeded, "\(exchanged)")
    }

    @Test("of two first pushes at once, of two workspaces, one is taken")
    func workspaces() async throws {
        let desk = try Desk(bundle: false)
        try await desk.plainGit.check("init", "--quiet", "--bare", "plain.git")
        for name in ["acme", "other"] {
            try desk.writeBundle(name, workspace: name, id: "agents-of-\(name)")
            try await desk.check("publish", name, "--repository", "\(name).git", "-m", "one")
        }
        try await desk.check("hook", "install", "--repository", "plain.git")
        // The other push begins and ends behind the first judgement of this one.
        let there = desk.home.path + "/plain.git"
        let hook = """
            #!/bin/sh
            '\(desk.sheaf.program.executable)' hook pre-receive || exit 1
            test -e once && exit 0
            touch once
            for name in GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY \
                GIT_ALTERNATE_OBJECT_DIRECTORIES; do unset $name; done
            git -C '\(desk.home.path)/other.git' push --quiet '\(there)' \
                refs/heads/bundles/agents-of-other || exit 1

            """
        try desk.home.write(hook, to: "plain.git/hooks/pre-receive")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: there + "/hooks/pre-receive")
        let output = try await GitOracle(in: desk.home.appending("acme.git"))
            .run(["push", there, "refs/heads/bundles/agents-of-acme"])
        #expect(!output.succeeded)
        #expect(output.errorText.contains("workspace_mismatch"), "\(output)")
        let plain = GitOracle(in: desk.home.appending("plain.git"))
        #expect(
            try await plain.lines("for-each-ref", "--format=%(refname)")
                == ["refs/heads/bundles/agents-of-other"])
        #expect(try await plain.text("config", "sheaf.workspace") == "other")
    }

    @Test("losing or damaging what was remembered costs time alone")
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
