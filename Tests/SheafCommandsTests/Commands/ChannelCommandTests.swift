import TestSupport
import Testing

@Suite("sheaf channel")
struct ChannelCommandTests {
    @Test("a revision is released, rolled back, and both stay in the log")
    func rollback() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 2)
        for number in ["1", "2"] {
            try await desk.check(
                "channel", "release", "support-agents@\(number)", "stable", "--reason", "try it")
        }
        let back = try await desk.json(
            "channel", "rollback", "support-agents", "stable", "--to", "1", "--reason", "it loops")
        #expect(back["release"]?["sequence"]?.number == 3)
        #expect(back["release"]?["revision"]?.number == 1)
        let log = try await desk.json("channel", "log", "support-agents", "stable")
        #expect(log["releases"]?.count == 3)
        #expect(log["releases"]?[0]?["reason"]?.text == "it loops")
        let limited = try await desk.json("channel", "log", "support-agents", "stable", "-n", "1")
        #expect(limited["releases"]?.count == 1)
        let list = try await desk.check("channel", "list", "support-agents")
        #expect(
            list.lines.map { String($0.prefix { $0 != " " }) } == ["CHANNEL", "latest", "stable"])
    }

    @Test("a release can be promoted to another channel")
    func promote() async throws {
        let desk = try Desk()
        try await desk.check("publish", "agents", "--channel", "canary", "--reason", "try it")
        let promoted = try await desk.json(
            "channel", "release", "support-agents@canary", "stable", "--reason", "it works")
        #expect(promoted["release"]?["channel"]?.text == "stable")
        let channels = try await desk.json("channel", "list", "support-agents")
        #expect(channels["channels"]?.count == 2)
    }

    @Test("--no-release makes a revision alone")
    func noRelease() async throws {
        let desk = try Desk()
        let published = try await desk.json("publish", "agents", "--no-release")
        #expect(published["release"] == nil)
        #expect(try await desk.git.lines("for-each-ref", "refs/heads/channels") == [])
        let empty = try await desk.check("channel", "list", "support-agents")
        #expect(empty.text == "")
        #expect(empty.errorText.contains("was not released yet"))
    }

    @Test("an expected head lets a release through, and a stale one does not")
    func expectation() async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 2)
        let arguments = ["channel", "release", "support-agents@1", "stable", "--reason", "one"]
        #expect(try await desk.sheaf.run(arguments + ["--expect", "none"]).succeeded)
        let head = try await desk.git.commit("refs/heads/channels/support-agents/stable")
        let next = ["channel", "release", "support-agents@2", "stable", "--reason", "two"]
        #expect(try await desk.sheaf.run(next + ["--expect", "none"]).status == 1)
        #expect(try await desk.sheaf.run(next + ["--expect", head]).succeeded)
    }
}
