import Foundation
import TestSupport
import Testing

@Suite("The path of a bundle, from the command line")
struct PathOfABundleTests {
    @Test("a host policy that cannot be made does not hide that the bundle is published")
    func policyNotMade() async throws {
        let desk = try Desk()
        try desk.home.write("in the way", to: "file")
        let sheaf = desk.sheaf.with([
            "SHEAF_HOST_POLICY": desk.home.appending("file/policy.yaml").path(percentEncoded: false)
        ])
        for format in ["text", "json"] {
            try desk.edit(format)
            let output = try await sheaf.run("publish", "agents", "--format", format)
            #expect(output.succeeded, "\(output)")
            #expect(output.text.contains("support-agents"))
            #expect(output.errorText.contains("host policy of this user was not made"))
        }
        #expect(
            try await desk.git.lines("rev-list", "refs/heads/bundles/support-agents").count == 2)
    }

    @Test("agents in Markdown become a worker, with no flag for repository or store")
    func wholePath() async throws {
        let desk = try Desk(bundle: false)
        try desk.home.write(
            """
            ---
            name: coder
            description: Fixes tickets
            model: inherit
            tools: Read, mcp__tickets__search
            ---
            Fix the ticket.

            """, to: "my-agents/coder.md")

        let made = try await desk.check(
            "new", "agents", "--import", "my-agents", "--bundle", "support-agents")
        #expect(made.text.contains("1 profile: coder"))
        try await desk.check("check", "agents")

        let first = try await desk.check("publish", "agents", "-m", "first")
        #expect(first.text.contains("published support-agents@1"))
        #expect(first.text.contains("support-agents@latest #1"))
        #expect(first.errorText.contains("made the repository \(path(desk.repository))"))
        #expect(first.errorText.contains("made the host policy \(path(desk.policy))"))
        let log = try await desk.check("log", "support-agents")
        #expect(log.lines.count == 2)
        #expect(log.text.contains("first"))

        try desk.home.write("Answer in Japanese.\n", to: "agents/README.md")
        let second = try await desk.check("publish", "agents", "-m", "second")
        #expect(second.text.contains("published support-agents@2"))
        #expect(second.errorText == "")
        let diff = try await desk.check("diff", "support-agents@1", "support-agents@2")
        #expect(diff.text.contains("+Answer in Japanese."))

        let sync = try await desk.check("runtime", "sync", "support-agents@latest")
        #expect(sync.text.contains("accepted support-agents@latest #2: revision 2"))
        let worker = try await desk.check(
            "worker", "create", "--profile", "coder", "--bundle", "support-agents@latest",
            "--input", "look at ticket 12")
        #expect(worker.text.contains("look at ticket 12"))
        let workers = try await desk.check("worker", "list")
        #expect(workers.lines.count == 2)
        #expect(workers.text.contains("support-agents"))

        try await desk.git.check("fsck", "--full", "--strict")
        let subjects = try await desk.git.lines(
            "log", "--first-parent", "--format=%s", Desk.branch)
        #expect(subjects == ["second", "first"])
    }

    @Test("two workspaces may have a worker of one name, and its owner sees which is whose")
    func sameName() async throws {
        let desk = try await Desk.published()
        try await desk.check("runtime", "sync", "support-agents@latest")
        let other = desk.home.appending("other.git").path(percentEncoded: false)
        try desk.writeBundle("theirs", workspace: "globex", id: "sales-agents")
        try await desk.check("publish", "theirs", "-m", "first", "--repository", other)
        try desk.replaceInPolicy(
            "workspaces:\n",
            with: "workspaces:\n  globex:\n    repository: \"\(other)\"\n    bundles: [\"*\"]\n")
        try await desk.check("runtime", "sync", "sales-agents@latest", "--workspace", "globex")
        try await desk.check(
            "worker", "create", "--bundle", "support-agents@latest", "--id", "ticket", "--no-start")
        let created = try await desk.json(
            "worker", "create", "--bundle", "sales-agents@latest", "--id", "ticket", "--no-start")
        let worker = try #require(created["worker"])
        let id = try #require(worker["id"]?.text)
        #expect(id.hasPrefix("ticket-"))
        #expect(worker["requestedID"]?.text == "ticket")
        let list = try await desk.check("worker", "list").lines
        #expect(list.count == 3)
        #expect(list.filter { $0.contains("\(id) (asked as ticket)") }.count == 1, "\(list)")
        #expect(list.filter { $0.hasPrefix("ticket ") && !$0.contains("asked") }.count == 1)
        let shown = try await desk.check("worker", "show", id)
        #expect(shown.text.contains("asked as  ticket"), "\(shown)")
    }

    @Test("ignore rules hold outside Git however the directory is named")
    func ignoreRules() async throws {
        let desk = try Desk()
        try desk.home.write("*.log\n", to: "agents/.gitignore")
        try desk.home.write("one\n", to: "agents/run.log")
        for name in ["agents", "./agents", "agents/", path(desk.home.url) + "/agents"] {
            let checked = try await desk.check("check", name)
            #expect(checked.text.contains("valid: acme/"))
            #expect(checked.text.contains("run.log"))
        }
    }

    @Test("the host policy that the first publish makes is the owner's alone")
    func policyIsPrivate() async throws {
        let desk = try await Desk.published()
        let attributes = try FileManager.default.attributesOfItem(atPath: path(desk.policy))
        let mode = try #require(attributes[.posixPermissions] as? Int)
        #expect(mode & 0o022 == 0)
    }

    @Test("contents that are published already make no revision, and say which has them")
    func unchanged() async throws {
        let desk = try await Desk.published()
        let before = try desk.snapshot()
        let again = try await desk.check("publish", "agents", "-m", "again")
        #expect(again.text.contains("unchanged: support-agents@1 has these contents already"))
        #expect(try desk.snapshot() == before)
    }

    @Test("digest is the same for the directory, the revision and the release")
    func oneDigest() async throws {
        let desk = try await Desk.published()
        let digests = [
            try await desk.check("digest", "agents").trimmed,
            try await desk.check("digest", "./agents/").trimmed,
            try await desk.check("digest", "support-agents").trimmed,
            try await desk.check("digest", "support-agents@latest").trimmed,
        ]
        #expect(Set(digests).count == 1)
        #expect(digests[0].wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil)
    }

    @Test("show writes the bytes of a file as they are")
    func rawBytes() async throws {
        let desk = try Desk()
        let bytes: [UInt8] = [0, 1, 0xFF, 0x1B, 0x5B, 0x0A, 0x0D]
        try desk.home.write(bytes, to: "agents/assets/raw.bin")
        try await desk.check("publish", "agents")
        let shown = try await desk.check("show", "support-agents", "assets/raw.bin")
        #expect(shown.standardOutput == bytes)
        let json = try await desk.json("show", "support-agents", "assets/raw.bin")
        #expect(json["encoding"]?.text == "base64")
        #expect(json["content"]?.text == Data(bytes).base64EncodedString())
    }

    @Test("diff compares a directory with the newest revision, and a reference with the one before")
    func oneOperand() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 2)
        try desk.edit("Not published.\n")
        #expect(try await desk.check("diff", "agents").text.contains("+Not published."))
        let revision = try await desk.check("diff", "support-agents@2").text
        let release = try await desk.check("diff", "support-agents@latest").text
        #expect(revision.contains("-Revision 1.\n+Revision 2."))
        #expect(release == revision)
    }

    @Test("what diff prints is what git apply takes")
    func diffApplies() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 1)
        try desk.home.write("A new file\n", to: "agents/assets/new.txt")
        try FileManager.default.removeItem(at: desk.home.appending("agents/prompts/coder.md"))
        try desk.home.write(
            "schema: sheaf/profile/v1\nlabel: Other\n", to: "agents/profiles/coder.yaml")
        try await desk.check("publish", "agents")
        let patch = try await desk.check("diff", "support-agents@1", "support-agents@2")
        let git = try await GitOracle(repositoryAt: desk.home.appending("clone"))
        try await git.check("fetch", "--quiet", path(desk.repository), Desk.branch)
        try await git.check("checkout", "--quiet", "FETCH_HEAD~1")
        try await git.check("apply", "--index", "-", input: patch.standardOutput)
        #expect(try await git.text("write-tree") == git.text("rev-parse", "FETCH_HEAD^{tree}"))
    }

    @Test("diff --exit-code answers with the exit status")
    func exitCode() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 2)
        let same = try await desk.sheaf.run("diff", "support-agents@2", "agents", "--exit-code")
        #expect(same.status == 0)
        #expect(same.text == "")
        let other = try await desk.sheaf.run("diff", "support-agents@1", "agents", "--exit-code")
        #expect(other.status == 1)
        #expect(other.errorText == "")
        let plain = try await desk.sheaf.run("diff", "support-agents@1", "agents", "--stat")
        #expect(plain.status == 0)
        #expect(plain.text.contains("1 file changed, 1 line added, 1 line removed"))
    }

    @Test("verify recomputes a revision and a release")
    func verify() async throws {
        let desk = try await Desk.published()
        for reference in ["support-agents@1", "support-agents@latest"] {
            let output = try await desk.check("verify", reference)
            #expect(output.text.contains("verified: \(reference)"))
            #expect(output.text.contains("ok digest"))
        }
    }

    @Test("init can be repeated, and records the workspace of a repository that has none")
    func initialise() async throws {
        let desk = try Desk()
        let bare = desk.home.appending("srv/acme.git")
        _ = try await GitOracle(bareRepositoryAt: bare)
        let first = try await desk.json("init", "--bare", path(bare), "--workspace", "acme")
        #expect(first["repository"]?["isNew"]?.bool == false)
        #expect(first["policy"]?["isNew"]?.bool == true)
        let workspace = try await GitOracle(in: bare).text("config", "sheaf.workspace")
        #expect(workspace == "acme")
        let again = try await desk.json("init", "--bare", path(bare))
        #expect(again["workspace"]?.text == "acme")
        #expect(again["policy"]?["isNew"]?.bool == false)

        let fresh = try await desk.json("init")
        #expect(fresh["repository"]?["path"]?.text == path(desk.repository))
        #expect(fresh["repository"]?["isNew"]?.bool == true)
        #expect(fresh["workspace"] == nil)
        try await desk.check("publish", "agents")
    }

    @Test("two first publishes at once make one repository with both bundles")
    func twoFirstPublishes() async throws {
        let desk = try Desk()
        try desk.writeBundle("other", id: "other-agents")
        async let one = desk.sheaf.run("publish", "agents")
        async let two = desk.sheaf.run("publish", "other")
        let outputs = try await [one, two]
        #expect(outputs.map(\.status) == [0, 0], "\(outputs)")
        let log = try await desk.json("log")
        #expect(log["bundles"]?.count == 2)
        let beside = try FileManager.default.contentsOfDirectory(
            atPath: path(desk.repository.deletingLastPathComponent()))
        #expect(beside == ["repository.git"])
    }

    @Test("a worker's input is read from standard input, and the same request makes one worker")
    func workerFromInput() async throws {
        let desk = try await Desk.published()
        try await desk.check("runtime", "sync", "support-agents@latest")
        let arguments = [
            "worker", "create", "--bundle", "support-agents@latest", "--id", "ticket-12",
            "--label", "team=support", "--input", "-",
        ]
        let input = Array("チケット12\nを見て".utf8)
        let first = try await desk.sheaf.run(arguments, input: input)
        #expect(first.text.hasPrefix("created ticket-12"), "\(first)")
        let again = try await desk.sheaf.run(arguments, input: input)
        #expect(again.text.hasPrefix("unchanged: ticket-12"), "\(again)")
        let other = try await desk.sheaf.run(arguments, input: [])
        #expect(other.status == 1)
        let worker = try await desk.json("worker", "show", "ticket-12")["worker"]
        #expect(worker?["input"]?.text == "チケット12\nを見て")
        #expect(worker?["labels"]?["team"]?.text == "support")
        #expect(worker?["profile"]?.text == "coder")
        let invalid = try await desk.sheaf.run(
            ["worker", "create", "--profile", "builtin:coder", "--input", "-"], input: [0xFF])
        #expect(invalid.status == 2)
    }

    @Test("runtime check answers with the exit status")
    func availability() async throws {
        let desk = try await Desk.published()
        try await desk.check("runtime", "sync", "support-agents@latest")
        let here = try await desk.json("runtime", "check", "support-agents@latest")
        #expect(here["availability"]?.text == "available")
        let pin = try #require(here["pin"]?.text)
        let zeros = String(repeating: "0", count: 64)
        for (other, availability) in [
            (pin.replacing(/@[0-9a-f]{40}@/, with: "@\(zeros.prefix(40))@"), "missing"),
            (pin.replacing(/sha256:.*/, with: "sha256:\(zeros)"), "digest_mismatch"),
            (pin.replacing("acme/", with: "other/"), "missing"),
        ] {
            let output = try await desk.sheaf.run("runtime", "check", other, "--format", "json")
            #expect(output.status == 1)
            #expect(output.errorText == "")
            #expect(try JSONValue(output.standardOutput)["availability"]?.text == availability)
        }
    }

    @Test("the repository is named by the option, then by the environment")
    func namedRepository() async throws {
        let desk = try Desk()
        let tool = desk.sheaf.with(["SHEAF_REPOSITORY": path(desk.home.appending("one.git"))])
        #expect(try await tool.run("publish", "agents").succeeded)
        #expect(
            try await tool.run(
                "publish", "agents", "--repository", path(desk.home.appending("two.git"))
            ).succeeded)
        for name in ["one.git", "two.git"] {
            let git = GitOracle(in: desk.home.appending(name))
            #expect(try await git.lines("for-each-ref").count == 2)
        }
        #expect(!FileManager.default.fileExists(atPath: path(desk.repository)))
    }

    private func path(_ url: URL) -> String { url.path(percentEncoded: false) }
}
