import BundleModel
import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer

@Suite("Clients that would be in the way of others")
struct CrowdTests {
    private static let head =
        ServedWorkspace.head("POST", "/acme.git/git-receive-pack", nil)
        + "Content-Type: application/x-git-receive-pack-request\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let zeros = String(repeating: "0", count: 40)
    private static let command = String(
        decoding: PacketLine.bytes(
            "\(zeros) \(String(repeating: "1", count: 40)) refs/heads/bundles/x\0report-status\n"),
        as: UTF8.self)

    private static func chunk(_ text: String) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }

    @Test("a push that sends slowly or breaks off keeps nobody from pushing")
    func slowPush() async throws {
        var limits = ServerLimits()
        limits.pushes = 1
        try await ServedWorkspace.with(limits: limits) { served in
            let slow = try await HeldConnection(port: served.port)
            try await slow.send(Self.head + Self.chunk(Self.command + "0000PACK"))
            let cut = try await HeldConnection(port: served.port)
            try await cut.send(Self.head + Self.chunk(Self.command + "0000PACK"))
            try await cut.close()
            let broken = try await served.send(
                Self.head + Self.chunk(Self.command + "0000PACK") + "zz\r\n")
            #expect(broken.status == 400 && broken.code == "invalid_request", "\(broken)")
            let clone = try await PushTests.change(served)
            try await clone.check("push", "-q", "origin", "HEAD:refs/heads/bundles/agents")
            let metrics = try await served.get("/metrics").text
            #expect(metrics.contains("sheaf_git_running 0"), "\(metrics)")
            try await slow.close()
        }
    }

    @Test("a push over the limit is refused when it is over it, whatever it said before")
    func tooLarge() async throws {
        var limits = ServerLimits()
        limits.pushBytes = 3 << 20
        try await ServedWorkspace.with(limits: limits) { served in
            let megabyte = Self.chunk(String(repeating: "x", count: 1 << 20))
            let answer = try await served.send(
                Self.head + Self.chunk(Self.command + "0000PACK")
                    + String(repeating: megabyte, count: 4))
            #expect(answer.status == 413 && answer.code == "limit_exceeded", "\(answer)")
        }
    }

    @Test("what is not kept in memory is limited as well")
    func spooled() async throws {
        var limits = ServerLimits()
        limits.spoolBytes = 2 << 20
        try await ServedWorkspace.with(limits: limits) { served in
            let megabyte = Self.chunk(String(repeating: "x", count: 1 << 20))
            let answer = try await served.send(
                Self.head + Self.chunk(Self.command + "0000PACK")
                    + String(repeating: megabyte, count: 5) + "0\r\n\r\n")
            #expect(answer.status == 503 && answer.field("Retry-After") != nil, "\(answer)")
            // What it took was given back.
            let small = try await served.send(
                Self.head + Self.chunk(Self.command + "0000PACK") + megabyte + "0\r\n\r\n")
            #expect(small.status == 200 || small.status == 400, "\(small)")
        }
    }

    @Test("a list of references in the smallest parts costs no more than its length")
    func tinyParts() async throws {
        try await ServedWorkspace.with { served in
            let command = PacketLine.bytes(
                "\(Self.zeros) \(String(repeating: "1", count: 40)) refs/heads/bundles/x\n")
            let commands = String(
                repeating: String(decoding: command, as: UTF8.self), count: 3_000)
            let parts = (commands + "000").utf8.map { "1\r\n\(Character(UnicodeScalar($0)))\r\n" }
            let start = ContinuousClock.now
            async let sent = served.send(Self.head + parts.joined() + "0\r\n\r\n")
            #expect(try await served.get("/healthz").status == 200)
            let answer = try await sent
            #expect(answer.status == 400, "\(answer)")
            // With each part read from the start it is minutes.
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test("whoever waits for a release and goes away does not keep a place")
    func gone() async throws {
        try await ServedWorkspace.with { served in
            let first = try await served.get("/acme/releases")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            let waiting = try await HeldConnection(port: served.port)
            try await waiting.send(
                ServedWorkspace.head("GET", "/acme/releases?wait=60&since=\(cursor)", nil)
                    + "\r\n")
            #expect(try await Self.waiters(of: served, become: 1))
            try await waiting.close()
            #expect(try await Self.waiters(of: served, become: 0))
        }
    }

    private static func waiters(
        of served: ServedWorkspace, become count: Int
    ) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            let metrics = try await served.get("/metrics").text
            if metrics.contains("sheaf_git_release_waiters \(count)\n") { return true }
        }
        return false
    }

    @Test("over the requests that are allowed at once there is 503, and health is still told")
    func tooMany() async throws {
        var limits = ServerLimits()
        limits.requests = 1
        try await ServedWorkspace.with(limits: limits) { served in
            let first = try await served.get("/acme/releases")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            let end = ContinuousClock.now + .seconds(20)
            var held: [HeldConnection] = []
            var answer = first
            while answer.status == 200, ContinuousClock.now < end {
                // Who comes to wait while another is answered is refused, and comes again.
                let waiting = try await HeldConnection(port: served.port)
                held.append(waiting)
                try await waiting.send(
                    ServedWorkspace.head("GET", "/acme/releases?wait=60&since=\(cursor)", nil)
                        + "\r\n")
                for _ in 0..<500 where answer.status == 200 {
                    answer = try await served.get("/acme/releases")
                }
            }
            #expect(answer.status == 503 && answer.field("Retry-After") != nil, "\(answer)")
            #expect(try await served.get("/healthz").status == 200)
            for waiting in held { try? await waiting.close() }
        }
    }

    @Test("a bundle that is not there is not found, but by those who may make it")
    func missingBundle() async throws {
        let (reader, publisher) = (TokenBox(), TokenBox())
        try await ServedWorkspace.with(prepare: { file, _ in
            reader.secret = try ServedWorkspace.token(in: file, [.read])
            publisher.secret = try ServedWorkspace.token(in: file, [.read, .publish])
        }) { served in
            let missing = "/acme/nothing.git/info/refs?service="
            let read = try await served.get("\(missing)git-upload-pack", reader.secret)
            #expect(read.status == 404 && read.code == "not_found")
            let feed = try await served.get("/acme/nothing/releases", reader.secret)
            #expect(feed.status == 404)
            let seen = try await served.get("\(missing)git-upload-pack", publisher.secret)
            let pushed = try await served.get("\(missing)git-receive-pack", publisher.secret)
            #expect(seen.status == 200 && pushed.status == 200)
        }
    }

    @Test("what a branch led to before it was taken back is not given any more")
    func takenBack() async throws {
        let token = TokenBox()
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(
                in: file, [.read], bundles: [BundleID("agents")])
        }) { served in
            let remote = GitOracle(in: served.home.appending("acme.git"))
            let first = try await remote.commit("refs/heads/bundles/agents")
            try await served.publishAgain("agents", "second")
            let second = try await remote.commit("refs/heads/bundles/agents")
            try await served.publishAgain("agents", "third")
            func status(_ commit: String) async throws -> Int? {
                let body =
                    PacketLine.bytes("want \(commit) ofs-delta\n") + PacketLine.flush
                    + PacketLine.bytes("done\n")
                return try await served.post(
                    "/acme/agents.git/git-upload-pack", BadRequestTests.fetchType, body,
                    token.secret
                ).status
            }
            let before = [try await status(first), try await status(second)]
            // Git itself gives only what a reference leads to that is shown, and these do.
            #expect(before == [200, 200])
            for channel in ["bundles/agents", "channels/agents/latest"] {
                let names = try await remote.lines(
                    "rev-list", "--first-parent", "refs/heads/\(channel)")
                try await remote.check(
                    "update-ref", "refs/heads/\(channel)", try #require(names.last))
            }
            let after = [try await status(first), try await status(second)]
            #expect(after == [200, 404])
        }
    }
}
