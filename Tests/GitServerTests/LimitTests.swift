import Foundation
import HTTPServing
import NIOCore
import TestSupport
import Testing

@testable import GitServer

@Suite("Limits of one request", .timeLimit(.minutes(2)))
struct LimitTests {
    private static let push = "application/x-git-receive-pack-request"
    private static let zeros = String(repeating: "0", count: 40)
    private static let command = PacketLine.bytes(
        "\(zeros) \(String(repeating: "1", count: 40)) refs/heads/bundles/x\0report-status\n")

    /// Asks for the tip of a bundle, for the answer that everybody gets.
    private static func fetch(_ served: ServedWorkspace) async throws -> RawAnswer {
        try await served.send(try await DepartureTests.request(served, isShallow: false))
    }

    @Test("a push of which the body does not come to its end in time is 408")
    func slowPush() async throws {
        var limits = ServerLimits()
        limits.pushTime = .milliseconds(300)
        try await ServedWorkspace.with(limits: limits) { served in
            let head =
                ServedWorkspace.head("POST", "/acme.git/git-receive-pack", nil)
                + "Content-Type: \(Self.push)\r\nContent-Length: 5000\r\n\r\n"
            let answer = try await served.send(
                head + String(decoding: Self.command, as: UTF8.self) + "0000PACK")
            #expect(answer.status == 408 && answer.code == "deadline_exceeded", "\(answer)")
        }
    }

    @Test("a push that comes compressed is refused: what it becomes is not known before")
    func encodedPush() async throws {
        try await ServedWorkspace.with { served in
            let answer = try await served.post(
                "/acme.git/git-receive-pack", Self.push, Self.command + PacketLine.flush,
                fields: "Content-Encoding: gzip\r\n")
            #expect(answer.status == 415 && answer.code == "invalid_request", "\(answer)")
        }
    }

    @Test("a run of git for a fetch has a time, and ends with it")
    func longRun() async throws {
        var limits = ServerLimits()
        limits.fetchTime = .milliseconds(300)
        let git = try SlowGit("exec sleep 600")
        try await ServedWorkspace.with(limits: limits, searchPath: git.searchPath) { served in
            let answer = try await Self.fetch(served)
            #expect(answer.status == 504 && answer.code == "deadline_exceeded", "\(answer)")
            #expect(try await DepartureTests.life(of: git.process()) < .seconds(5))
        }
    }

    @Test("an answer that a client takes in too slowly is broken off")
    func slowReader() async throws {
        var limits = ServerLimits()
        limits.sendTime = .milliseconds(300)
        let git = try SlowGit(
            "\(SlowGit.times(6000)) head -c 65536 /dev/zero; sleep 0.01; done; exit 0")
        try await ServedWorkspace.with(limits: limits, searchPath: git.searchPath) { served in
            let answer = try await Self.fetch(served)
            #expect(answer.status == 200 && answer.bytes.count > 65536)
            #expect(!answer.isWhole)
        }
    }

    @Test("over those who may wait for a release the next one is told to come later")
    func waiters() async throws {
        var limits = ServerLimits()
        limits.releaseWaiters = 1
        try await ServedWorkspace.with(limits: limits) { served in
            let first = try await served.get("/acme/releases")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            let path = "/acme/releases?wait=50&since=\(cursor)"
            let waiting = try await HeldConnection(port: served.port)
            try await waiting.send(ServedWorkspace.head("GET", path, nil) + "\r\n")
            var metrics = ""
            let end = ContinuousClock.now + .seconds(20)
            while !metrics.contains("sheaf_git_release_waiters 1\n"), .now < end {
                metrics = try await served.get("/metrics").text
            }
            try #require(metrics.contains("sheaf_git_release_waiters 1\n"), "\(metrics)")
            let answer = try await served.get(path)
            #expect(answer.status == 503 && answer.field("Retry-After") != nil, "\(answer)")
            try await waiting.close()
        }
    }

    @Test("a run of git that fails in the middle is no whole answer, and none that is given again")
    func failing() async throws {
        // The first fetch says something and fails; those after it are Git's own.
        let git = try SlowGit("[ -e failed ] || { : > failed; printf 0008NAK; exit 1; }")
        try await ServedWorkspace.with(searchPath: git.searchPath) { served in
            let broken = try await Self.fetch(served)
            #expect(!broken.isWhole, "\(broken)")
            let sound = try await Self.fetch(served)
            #expect(sound.status == 200 && sound.text.contains("PACK"), "\(sound)")
        }
    }

    @Test("the answers that are kept stay within their bytes, and the ones used last stay")
    func kept() async throws {
        let cache = ResponseCache(maximumBytes: 1000)
        let budget = ByteBudget(maximum: 1 << 20)
        func key(_ number: Int) -> ResponseCache.Key {
            ResponseCache.Key(repository: "r", visibility: .all, request: [UInt8(number)])
        }
        func make(_ number: Int, _ bytes: Int) async throws {
            let (response, outcome) = cache.response(for: key(number)) {
                SharedResponse(folder: "/nowhere", budget: budget, maximumBytes: 1 << 20)
            }
            #expect(outcome == .miss)
            try await response.append(ByteBuffer(repeating: 1, count: bytes))
            response.finish(.complete)
            cache.keep(response, for: key(number))
        }
        func isKept(_ number: Int) -> Bool {
            cache.response(for: key(number)) {
                SharedResponse(folder: "/nowhere", budget: budget, maximumBytes: 1)
            }.outcome == .hit
        }
        for number in 0..<3 { try await make(number, 300) }
        #expect(isKept(0))
        try await make(3, 300)
        #expect(cache.size.bytes == 900 && cache.size.entries == 3)
        #expect(isKept(0) && !isKept(1))
        // One that would leave no room for others is not kept.
        try await make(9, 600)
        #expect(cache.size.bytes == 900)
    }
}

extension RawAnswer {
    /// Whether a body in chunks came to its end, or one of a length has that.
    fileprivate var isWhole: Bool {
        if let length = field("Content-Length").flatMap({ Int($0) }),
            let start = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        {
            return bytes.count - start.upperBound == length
        }
        return bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8)
    }
}
