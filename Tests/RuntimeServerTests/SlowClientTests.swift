import BundleModel
import Foundation
import HTTPServing
import RuntimeClient
import RuntimeProtocol
import RuntimeServer
import Synchronization
import TestSupport
import Testing

@Suite("Clients that are slow, and one beside them that is not", .timeLimit(.minutes(3)))
struct SlowClientTests {
    private static let each = 16

    private static var limits: RuntimeServerLimits {
        var limits = RuntimeServerLimits()
        limits.documentTime = .seconds(12)
        limits.fileTime = .seconds(12)
        limits.idle = .seconds(12)
        limits.stall = .seconds(12)
        return limits
    }

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    /// Beginnings of requests that go on with nothing, or with a byte now and then.
    private static let beginnings = [
        "", "GET /v1/workers HTTP/1.1\r\nHost: local",
        "POST /v1/workers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 4000000\r\n\r\n{\"workerId\":",
        "POST /v1/config-bundles/sync HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        "PUT /v1/config-bundles/\(RouteCase.digest) HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-git-bundle\r\nContent-Length: 4000000\r\n\r\n# v2",
    ]

    /// What is asked for here is more than fits on the way, when nothing of it is read.
    private static let unread = String(
        repeating: "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 1000)

    /// Connections of which each has begun with a text.
    private static func open(
        _ port: Int, _ beginnings: [[UInt8]]
    ) throws -> [LoopbackSocket] {
        try (0..<each).flatMap { _ in
            try beginnings.map { beginning in
                let socket = try LoopbackSocket()
                try #require(socket.connect(to: port))
                socket.write(beginning)
                return socket
            }
        }
    }

    /// Waits until the server has closed each of them, of which nothing is sent on.
    private static func requireEnded(
        _ sockets: [LoopbackSocket], _ what: Comment
    ) async throws {
        let ended = Count()
        let end = ContinuousClock.now + .seconds(60)
        await withTaskGroup(of: Void.self) { tasks in
            for socket in sockets {
                tasks.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread {
                            while !socket.read().isEmpty {}
                            ended.value.withLock { $0 += 1 }
                            continuation.resume()
                        }
                    }
                }
            }
            tasks.addTask {
                while ended.value.withLock(\.self) < sockets.count, .now < end {
                    try? await Task.sleep(for: .milliseconds(50))
                }
                #expect(ended.value.withLock(\.self) == sockets.count, what)
                for socket in sockets { socket.shutdown() }
            }
        }
    }

    /// Waits until the server has closed each of them, which shows when nothing more can be sent.
    private static func requireClosed(
        _ sockets: [LoopbackSocket], _ what: Comment
    ) async throws {
        let end = ContinuousClock.now + .seconds(60)
        var open = sockets[...]
        while !open.isEmpty, .now < end {
            open = open.filter { $0.write([UInt8(ascii: "x")]) }[...]
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(open.isEmpty, what)
    }

    @Test("are let go, and whoever is beside them is answered at once meanwhile")
    func beside() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store"), limits: Self.limits) { served in
            let texts = Self.beginnings.map { Array($0.utf8) }
            let silent = try Self.open(served.port, texts)
            // With the byte that comes now and then even the first of them has begun a request.
            let trickling = try Self.open(served.port, texts)
            let unread = try Self.open(served.port, [Array(Self.unread.utf8)])
            try await served.client { client in
                let report = try await client.sync(
                    SyncRequest(
                        workspace: WorkspaceID("acme"), bundle: BundleID("agents"),
                        channel: .latest))
                for number in 0..<20 {
                    let begin = ContinuousClock.now
                    // Larger than what needs no place of its own, as those that are slow say of theirs.
                    let input = String(repeating: "x", count: number == 0 ? 100_000 : 1)
                    let reply = try await client.createWorker(
                        WorkerRequest(
                            workerId: WorkerID("w-\(number)"), bundle: report.release.pin,
                            intent: IntentDocument(input: input)))
                    #expect(reply.isNew)
                    // Slow ones are held for twelve seconds: nobody waited for one of them.
                    #expect(ContinuousClock.now - begin < .seconds(5), "\(number)")
                }
            }
            async let closed: Void = Self.requireClosed(trickling, "of those that trickle")
            async let left: Void = Self.requireClosed(unread, "of those that do not read")
            try await Self.requireEnded(silent, "of those that are silent")
            _ = try await (closed, left)
            let after = try await served.ask("GET", "/v1/workers?limit=1000")
            #expect(after.status == 200)
        }
        #expect(host.arriving.isEmpty)
    }

    @Test(
        "of TLS are let go in the handshake too, and bodies without end are refused as without it")
    func secure() async throws {
        let host = try await RuntimeHost()
        let authority = try await CertificateAuthority(in: host.home.url)
        let own = try await authority.identity("server", names: "IP:127.0.0.1")
        var limits = Self.limits
        limits.documentBytes = 10_000
        limits.workerBytes = 10_000
        limits.fileBytes = 10_000
        try await host.serve(
            try host.runtime("store"), limits: limits,
            change: {
                $0.tls = ServerTLS(certificate: own.certificate.path(), key: own.key.path())
            }
        ) { served in
            // The first bytes of a handshake, or nothing: what follows never comes.
            let sockets = try Self.open(served.port, [[], [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]])
            for (request, status) in Self.endless {
                let answer = try await Self.exchange(served.port, host, request)
                #expect(answer.status == status, "\(request.prefix(120)): \(answer)")
            }
            try await Self.requireEnded(sockets, "of those in a handshake")
            let after = try await Self.exchange(
                served.port, host,
                "GET /v1/workers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(after.status == 200, "\(after)")
        }
        #expect(host.arriving.isEmpty)
    }

    /// Requests with two lengths, and with bodies of chunks that never end.
    private static var endless: [(request: String, status: Int)] {
        let chunks = String(
            repeating: "1000\r\n\(String(repeating: "x", count: 4096))\r\n", count: 64)
        let two =
            "POST /v1/workers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
            + "Content-Length: 5\r\n\r\n0000"
        let file = "/v1/config-bundles/\(RouteCase.digest)"
        return [(two, 400)]
            + [
                ("POST", "/v1/workers", "application/json"),
                ("POST", "/v1/config-bundles/sync", "application/json"),
                ("PUT", file, "application/x-git-bundle"),
            ].map { method, path, type in
                (
                    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n\(chunks)", 413
                )
            }
    }

    /// Sends a text over TLS, and gives everything that comes back.
    private static func exchange(
        _ port: Int, _ host: RuntimeHost, _ text: String
    ) async throws -> RawAnswer {
        let output = try await Program(
            "openssl", environment: TestEnvironment.base, directory: host.home.url
        ).run(
            ["s_client", "-quiet", "-connect", "127.0.0.1:\(port)", "-CAfile", "authority.pem"],
            input: Array(text.utf8))
        return RawAnswer(bytes: output.standardOutput)
    }
}
