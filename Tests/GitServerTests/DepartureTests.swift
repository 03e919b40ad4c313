import Foundation
import TestSupport
import Testing

@testable import GitServer

@Suite("A client that goes away", .timeLimit(.minutes(2)))
struct DepartureTests {
    /// A request for the tip of a bundle; one of a shallow history is nobody else's.
    static func request(_ served: ServedWorkspace, isShallow: Bool) async throws -> String {
        let tip = try await GitOracle(in: served.home.appending("acme.git"))
            .commit("refs/heads/channels/agents/latest")
        let body =
            PacketLine.bytes("want \(tip) ofs-delta shallow\n")
            + (isShallow ? PacketLine.bytes("deepen 1\n") : []) + PacketLine.flush
            + PacketLine.bytes("done\n")
        return ServedWorkspace.head("POST", "/acme.git/git-upload-pack", nil)
            + "Content-Type: \(BadRequestTests.fetchType)\r\nContent-Length: \(body.count)\r\n\r\n"
            + String(decoding: body, as: UTF8.self)
    }

    /// How long a process goes on living; no longer than some seconds.
    static func life(of process: Int32) async throws -> Duration {
        let start = ContinuousClock.now
        while kill(process, 0) == 0, ContinuousClock.now - start < .seconds(20) {
            await Task.yield()
        }
        return ContinuousClock.now - start
    }

    @Test("ends the run of git that was for it alone, before there was anything to send")
    func silent() async throws {
        let git = try SlowGit("exec sleep 600")
        try await ServedWorkspace.with(searchPath: git.searchPath) { served in
            let connection = try await HeldConnection(port: served.port)
            try await connection.send(try await Self.request(served, isShallow: true))
            let process = try await git.process()
            #expect(kill(process, 0) == 0)
            try await connection.close()
            #expect(try await Self.life(of: process) < .seconds(5))
            #expect(try await served.get("/acme/releases").status == 200)
            let metrics = try await served.get("/metrics").text
            #expect(metrics.contains("sheaf_git_running 0"), "\(metrics)")
        }
    }

    @Test("ends the run of git that was for it alone, in the middle of the answer")
    func sending() async throws {
        let git = try SlowGit(
            "\(SlowGit.times(6000)) head -c 65536 /dev/zero; sleep 0.01; done; exit 0")
        try await ServedWorkspace.with(searchPath: git.searchPath) { served in
            let connection = try await HeldConnection(port: served.port)
            try await connection.send(try await Self.request(served, isShallow: true))
            let process = try await git.process()
            _ = try await connection.first()
            try await connection.close()
            #expect(try await Self.life(of: process) < .seconds(5))
        }
    }

    @Test("ends the run of git that was for it alone, when that falls silent in the middle")
    func stuck() async throws {
        let git = try SlowGit("head -c 300000 /dev/zero; exec sleep 600")
        try await ServedWorkspace.with(searchPath: git.searchPath) { served in
            let connection = try await HeldConnection(port: served.port)
            try await connection.send(try await Self.request(served, isShallow: true))
            let process = try await git.process()
            // All that there is has been written then, so that no writing fails.
            try await connection.read(atLeast: 300_000)
            try await connection.close()
            #expect(try await Self.life(of: process) < .seconds(5))
        }
    }

    @Test("does not end the run of git whose answer others wait for")
    func shared() async throws {
        let git = try SlowGit("\(SlowGit.times(6000)) [ -e go ] && break; sleep 0.02; done")
        try await ServedWorkspace.with(searchPath: git.searchPath) { served in
            let request = try await Self.request(served, isShallow: false)
            let (first, second) = (
                try await HeldConnection(port: served.port),
                try await HeldConnection(port: served.port)
            )
            try await first.send(request)
            let process = try await git.process()
            try await second.send(request)
            var metrics = ""
            while !metrics.contains("outcome=\"joined\"} 1") {
                metrics = try await served.get("/metrics").text
            }
            try await first.close()
            for _ in 0..<20 { _ = try await served.get("/healthz") }
            #expect(kill(process, 0) == 0)
            try git.allow()
            let answer = try await second.rest()
            #expect(answer.status == 200 && answer.text.contains("PACK"), "\(answer)")
        }
    }
}
