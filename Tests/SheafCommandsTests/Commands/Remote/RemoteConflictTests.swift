import Foundation
import TestSupport
import Testing

@Suite("A push to a repository that others write to")
struct RemoteConflictTests {
    private static let branch = "refs/heads/bundles/support-agents"

    /// A way to the host on which somebody is faster, between the look and the push.
    ///
    /// Git hands the command for the other side to what it takes for `ssh`.
    private static func raced(
        _ desk: Desk, _ host: PlainHost, doing meanwhile: String
    ) throws -> Desk {
        let shell = try desk.script(
            """
            for command; do :; done
            case "$command" in git-receive-pack*)
                git -C '\(host.path)' \(meanwhile) ;;
            esac
            exec sh -c "$command"
            """, "shell")
        return desk.on(
            "ssh://git.example\(host.path)",
            ["GIT_SSH": shell, "GIT_SSH_VARIANT": "ssh"])
    }

    @Test("is a conflict when somebody was faster, and moves nothing at all")
    func faster() async throws {
        let host = try await PlainHost()
        let desk = try Desk()
        try await desk.on(host.url).check("publish", "agents", "-m", "first")
        // Two revisions that follow the first: one of them comes from somebody else.
        let first = try #require(try await host.tip("bundles/support-agents"))
        try desk.edit("Theirs.\n")
        try await desk.on(host.url).check("publish", "agents", "-m", "theirs", "--no-release")
        let theirs = try #require(try await host.tip("bundles/support-agents"))
        try await host.git.check("update-ref", Self.branch, first)
        let latest = try await host.tip("channels/support-agents/latest")
        try desk.edit("Ours.\n")
        let raced = try Self.raced(desk, host, doing: "update-ref \(Self.branch) \(theirs)")
        let output = try await raced.sheaf.run("publish", "agents", "--format", "json")
        #expect(output.status == 1, "\(output)")
        let error = try JSONValue(output.standardError)["error"]
        #expect(error?["code"]?.text == "conflict")
        #expect(error?["details"]?["expected"]?.text == first)
        #expect(error?["details"]?["actual"]?.text == theirs)
        #expect(error?["hint"]?.text?.contains("sheaf log") == true)
        #expect(try await host.tip("bundles/support-agents") == theirs)
        #expect(try await host.tip("channels/support-agents/latest") == latest)
        // The copy has forgotten it, and the next try follows theirs.
        let again = try await desk.on(host.url).json("publish", "agents", "-m", "ours")
        #expect(again["revision"]?["revision"]?.number == 3)
        #expect(again["revision"]?["parent"]?.text == theirs)
    }

    @Test("is a conflict when the channel alone was moved, and the revision is not there either")
    func channel() async throws {
        let host = try await PlainHost()
        let desk = try Desk()
        try await desk.on(host.url).check("publish", "agents", "-m", "first")
        let name = "refs/heads/channels/support-agents/latest"
        let before = try #require(try await host.tip("channels/support-agents/latest"))
        try await desk.on(host.url).check(
            "channel", "release", "support-agents@1", "canary", "--reason", "x")
        let other = try #require(try await host.tip("channels/support-agents/canary"))
        #expect(before != other)
        try desk.edit()
        let raced = try Self.raced(desk, host, doing: "update-ref \(name) \(other)")
        let output = try await raced.sheaf.run("publish", "agents", "-m", "second")
        #expect(output.status == 1 && output.errorText.contains("(conflict)"), "\(output)")
        #expect(output.errorText.contains("'support-agents@latest' is at"), "\(output)")
        let log = try await host.git.lines("log", "--format=%H", Self.branch)
        #expect(log.count == 1)
    }

    @Test("is a conflict when the branch was set back, though it would move forward")
    func setBack() async throws {
        let host = try await PlainHost()
        let desk = try Desk()
        try await desk.on(host.url).check("publish", "agents", "-m", "first", "--no-release")
        let first = try #require(try await host.tip("bundles/support-agents"))
        try desk.edit("Second.\n")
        try await desk.on(host.url).check("publish", "agents", "-m", "second", "--no-release")
        try desk.edit("Third.\n")
        let raced = try Self.raced(desk, host, doing: "update-ref \(Self.branch) \(first)")
        let output = try await raced.sheaf.run("publish", "agents", "-m", "third")
        #expect(output.status == 1 && output.errorText.contains("(conflict)"), "\(output)")
        #expect(try await host.tip("bundles/support-agents") == first)
        #expect(try await host.tip("channels/support-agents/latest") == nil)
    }

    @Test("goes ahead only from the commit that is expected")
    func expected() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        try await desk.check("publish", "agents", "-m", "first", "--expect", "none")
        let first = try #require(try await host.tip("bundles/support-agents"))
        try desk.edit()
        let none = try await desk.sheaf.run("publish", "agents", "--expect", "none")
        #expect(none.status == 1 && none.errorText.contains("(conflict)"), "\(none)")
        try await desk.check("publish", "agents", "--expect", first)
        let release = try await desk.sheaf.run(
            "channel", "release", "support-agents@1", "stable", "--reason", "x", "--expect", first)
        #expect(release.status == 1 && release.errorText.contains("(conflict)"), "\(release)")
        #expect(try await host.tip("channels/support-agents/stable") == nil)
    }

    @Test("is a success when it was taken and only the answer was lost")
    func lostAnswer() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        // Git runs this when the branches have moved and nobody has been told.
        try host.hook("reference-transaction", "[ \"$1\" = committed ] && kill -9 $PPID; exit 0")
        let output = try await desk.check("publish", "agents", "-m", "first")
        #expect(output.text.contains("published support-agents@1"))
        #expect(try await host.tip("bundles/support-agents") != nil)
        #expect(try await host.tip("channels/support-agents/latest") != nil)
    }

    @Test("of which nothing arrived says so, and leaves nothing in the copy")
    func cutOff() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        try await desk.check("publish", "agents", "-m", "first")
        try desk.edit()
        try host.hook("pre-receive", "kill -9 $PPID")
        let output = try await desk.sheaf.run("publish", "agents", "-m", "second")
        #expect(output.status == 3, "\(output)")
        #expect(output.errorText.contains("(remote_unavailable)"), "\(output)")
        let tips = try await desk.copy().lines("for-each-ref", "--format=%(objectname)")
        #expect(try await tips == host.git.lines("for-each-ref", "--format=%(objectname)"))
        #expect(try await desk.check("log", "support-agents").lines.count == 2)
    }

    @Test("many at once end in one line of revisions, each made once")
    func many() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        let published = try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 1...6 {
                let directory = "bundle-\(number)"
                try desk.writeBundle(directory)
                try desk.home.write("Number \(number).\n", to: "\(directory)/prompts/coder.md")
                group.addTask { try await desk.sheaf.run("publish", directory).status }
            }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        // One user's copies are worked with one after the other, so nobody loses.
        #expect(published == Array(repeating: 0, count: 6))
        let log = try await desk.json("log", "support-agents")
        #expect(log["revisions"]?.count == 6)
    }
}
