import BundleModel
import Foundation
import HTTPServing
import TestSupport
import Testing

@testable import GitServer

@Suite("Requests that are not in order")
struct BadRequestTests {
    static let fetchType = "application/x-git-upload-pack-request"

    @Test("paths that stand for nothing are not found, and nothing is decoded")
    func paths() async throws {
        let paths = [
            "/", "/acme", "/acme.git", "/acme.git/HEAD", "/acme.git/objects/info/packs",
            "/acme.git/config", "/acme.git/../acme.git/info/refs", "/acme.git/..%2fHEAD",
            "/acme%2egit/info/refs", "/acme.git/info/refs%00", "/acme/agents.git/x",
            "/-acme.git/info/refs", "/acme/-x.git/info/refs", "/acme.git//info/refs",
            "/ACME.git/info/refs", "/a/b/c.git/info/refs",
            "/\(String(repeating: "a", count: 9000))",
        ]
        try await ServedWorkspace.with { served in
            for path in paths {
                let answer = try await served.get(path + "?service=git-upload-pack")
                #expect(answer.status == 404, "\(path): \(answer)")
                #expect(answer.code == "not_found", "\(path)")
                #expect(answer.text.contains(#""title":"Not Found""#))
            }
            for service in ["git-evil", "git-upload-archive", "", "git-upload-pack&x=1"] {
                let answer = try await served.get("/acme.git/info/refs?service=\(service)")
                #expect(answer.status == 403, "\(service)")
            }
            #expect(try await served.get("/acme.git/git-upload-pack").status == 405)
        }
    }

    @Test("bodies that are no request are refused with a code")
    func bodies() async throws {
        let gzip = "Content-Encoding: gzip\r\n"
        var limits = ServerLimits()
        limits.fetchRequestBytes = 100_000
        try await ServedWorkspace.with(limits: limits) { served in
            let cases: [(body: [UInt8], type: String, fields: String, status: Int)] = [
                ([], "text/plain", "", 415), (Array("nonsense".utf8), Self.fetchType, "", 400),
                (Array("0003".utf8), Self.fetchType, "", 400),
                (Array("zzzz".utf8), Self.fetchType, "", 400),
                (Array("00".utf8), Self.fetchType, "", 400),
                (PacketLine.bytes("want -x\n"), Self.fetchType, "", 400),
                (PacketLine.bytes("steal everything\n"), Self.fetchType, "", 400),
                (Array("not gzip".utf8), Self.fetchType, gzip, 400),
                (Self.bomb, Self.fetchType, gzip, 413),
                (Array(repeating: 0x30, count: 200_000), Self.fetchType, "", 413),
                (Array("0000".utf8), Self.fetchType, "Content-Encoding: br\r\n", 415),
            ]
            for (body, type, fields, status) in cases {
                let answer = try await served.post(
                    "/acme.git/git-upload-pack", type, body, fields: fields)
                #expect(answer.status == status, "\(body.prefix(20)): \(answer)")
                #expect(answer.code != nil)
            }
            #expect(try await served.get("/healthz").status == 200)
        }
    }

    @Test("pushes that are none are refused with a code, and move no branch")
    func pushes() async throws {
        try await ServedWorkspace.with { served in
            let git = GitOracle(in: served.home.appending("acme.git"))
            let before = try await git.lines("for-each-ref")
            #expect(!before.isEmpty)
            let tip = try await git.commit("refs/heads/bundles/agents")
            let zeros = String(repeating: "0", count: 40)
            let deletion = "\(tip) \(zeros) refs/heads/bundles/agents"
            let capable = PacketLine.bytes("\(deletion)\0report-status")
            for (body, status): ([UInt8], Int) in [
                ([], 400), (Array("nonsense".utf8), 400), (Array("0003".utf8), 400),
                (Array("000".utf8), 400), (PacketLine.bytes("\(deletion) x"), 400),
                (PacketLine.bytes("\(zeros) x refs/heads/bundles/agents"), 400),
                // It breaks off before its end.
                (capable, 400), (Array(capable.dropLast()), 400),
            ] {
                let answer = try await served.post(
                    "/acme.git/git-receive-pack", "application/x-git-receive-pack-request", body)
                #expect(answer.status == status, "\(body.prefix(60)): \(answer)")
                #expect(answer.code == "invalid_request", "\(body.prefix(60)): \(answer)")
            }
            // Who lists nothing wishes for nothing: Git reads no further, and so says nothing.
            for body in ["0000", "0000junk"] {
                let answer = try await served.post(
                    "/acme.git/git-receive-pack", "application/x-git-receive-pack-request",
                    Array(body.utf8))
                #expect(answer.status == 200, "\(body): \(answer)")
                #expect(answer.text.hasSuffix("\r\n\r\n"), "\(body): \(answer)")
            }
            #expect(try await git.lines("for-each-ref") == before)
            #expect(try await served.get("/healthz").status == 200)
        }
    }

    /// A gigabyte of zeros: a stored head, then the same deflate block over and over.
    static var bomb: [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try? Data(count: 50_000_000).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-c", path.path()]
        let pipe = Pipe()
        process.standardOutput = pipe
        try? process.run()
        return Array(pipe.fileHandleForReading.readDataToEndOfFile())
    }

    @Test("two lengths, and a body without end behind a refusal, end the connection")
    func framing() async throws {
        try await ServedWorkspace.with { served in
            let two = try await served.send(
                "POST /acme.git/git-upload-pack HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                    + "Content-Length: 5\r\n\r\n0000")
            #expect(two.status == 400 && two.code == "invalid_request", "\(two)")
            let nonsense = try await served.send("nonsense\r\n\r\n")
            #expect(nonsense.status == 400 && nonsense.code == "invalid_request", "\(nonsense)")
            let endless = try await served.send(
                "POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(
                        repeating: "1000\r\n\(String(repeating: "x", count: 4096))\r\n", count: 64))
            #expect(endless.status == 404)
            #expect(try await served.get("/healthz").status == 200)
        }
    }

    @Test("a page of another site cannot ask through the browser of this machine")
    func rebinding() async throws {
        try await ServedWorkspace.with { served in
            for (host, status) in [
                ("localhost", 200), ("LOCALHOST:7420", 200), ("127.0.0.1:1", 200), ("[::1]", 200),
                ("[::1]:7420", 200), ("evil.example", 421), ("evil.example:7420", 421),
                ("127.0.0.1.evil.example", 421), ("10.0.0.1", 421),
            ] {
                let answer = try await served.send(
                    "GET /acme/releases HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(answer.status == status, "\(host): \(answer)")
                if status == 421 { #expect(answer.code == "forbidden") }
            }
        }
    }

    @Test("a client that sends nothing more is let go, and others are served meanwhile")
    func slowClient() async throws {
        var limits = ServerLimits()
        limits.bodyTime = .milliseconds(300)
        limits.idle = .seconds(5)
        try await ServedWorkspace.with(limits: limits) { served in
            async let body = served.send(
                ServedWorkspace.head("POST", "/acme.git/git-upload-pack", nil)
                    + "Content-Type: \(Self.fetchType)\r\nContent-Length: 100\r\n\r\n0011")
            async let head = served.send("GET /acme.git/info/refs HTTP/1.1\r\nHost:")
            let beside = try await served.get("/acme/releases")
            let (slowBody, slowHead) = try await (body, head)
            #expect(beside.status == 200)
            #expect(slowBody.status == 408)
            #expect(slowHead.bytes.isEmpty)
        }
    }

    @Test("over the runs that are allowed a request waits, and over that it is told when to come")
    func busy() async throws {
        var limits = ServerLimits()
        limits.fetches = 1
        limits.waiting = 0
        let admission = Admission(maximumRunning: 1, maximumWaiting: 0, patience: .seconds(1))
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await admission.run(waited: { _ in }) {
                    start.finish()
                    for await _ in ended {}
                }
            }
            for await _ in started {}
            await #expect(throws: (any Error).self) {
                try await admission.run(waited: { _ in }) {}
            }
            end.finish()
            try await group.waitForAll()
        }
        try await admission.run(waited: { _ in }) {}
        #expect(admission.load == (0, 0))
    }
}
