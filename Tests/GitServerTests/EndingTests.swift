import Foundation
import NIOCore
import NIOPosix
import ServiceLifecycle
import TestSupport
import Testing

@testable import GitServer

@Suite("How a server ends")
struct EndingTests {
    @Test("a request that is under way gets its answer, and nobody new is let in")
    func underWay() async throws {
        try await ServedWorkspace.with { served in
            let head =
                ServedWorkspace.head("POST", "/acme.git/git-upload-pack", nil)
                + "Content-Type: \(BadRequestTests.fetchType)\r\nContent-Length: 4\r\n\r\n00"
            let connection = try await HeldConnection(port: served.port)
            try await connection.send(head)
            // The server has the head of it: what came later on another connection is answered.
            #expect(try await served.get("/healthz").status == 200)
            await served.services.triggerGracefulShutdown()
            var isOpen = true
            let end = ContinuousClock.now + .seconds(20)
            while isOpen, ContinuousClock.now < end {
                isOpen = (try? await served.get("/healthz").status) == 200
            }
            #expect(!isOpen)
            try await connection.send("00")
            let answer = try await connection.rest()
            #expect(answer.status == 200, "\(answer)")
        }
    }

    @Test("whoever waits for a release is let go at once")
    func waiting() async throws {
        try await ServedWorkspace.with { served in
            let first = try await served.get("/acme/releases")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            let start = ContinuousClock.now
            let connection = try await HeldConnection(port: served.port)
            try await connection.send(
                ServedWorkspace.head("GET", "/acme/releases?wait=50&since=\(cursor)", nil)
                    + "\r\n")
            var waiters = 0
            while waiters == 0, ContinuousClock.now - start < .seconds(20) {
                let metrics = try await served.get("/metrics").text
                waiters = metrics.contains("sheaf_git_release_waiters 1") ? 1 : 0
            }
            #expect(waiters == 1)
            await served.services.triggerGracefulShutdown()
            #expect(try await connection.rest().status == 304)
            #expect(ContinuousClock.now - start < .seconds(40))
        }
    }

    @Test("a client that never reads is let go, and others are served meanwhile")
    func neverReads() async throws {
        var limits = ServerLimits()
        limits.stall = .milliseconds(300)
        try await ServedWorkspace.with(limits: limits) { served in
            let connection = try await HeldConnection(port: served.port, reads: false)
            let one =
                "GET /acme.git/info/refs?service=git-upload-pack HTTP/1.1\r\nHost: localhost\r\n\r\n"
            // Tens of megabytes of answers: more than all buffers between hold.
            let many = String(repeating: one, count: 1000)
            let sending = Task {
                for _ in 0..<100 { try await connection.send(many) }
            }
            #expect(try await served.get("/acme/releases").status == 200)
            guard case .failure = await sending.result else {
                Issue.record("all was taken, without a read")
                return
            }
            #expect(try await served.get("/acme/releases").status == 200)
        }
    }
}

/// A connection that a test keeps open.
struct HeldConnection: Sendable {
    private let channel: any Channel
    private let parts: AsyncThrowingStream<[UInt8], any Error>

    init(port: Int, reads: Bool = true) async throws {
        let (parts, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        self.parts = parts
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func close() async throws { try await channel.close() }

    /// The first that came; nil when nothing did until the other side closed.
    func first() async throws -> [UInt8]? {
        for try await part in parts { return part }
        return nil
    }

    /// Waits until so many bytes came.
    func read(atLeast count: Int) async throws {
        var left = count
        for try await part in parts {
            left -= part.count
            if left <= 0 { return }
        }
    }

    /// All that came until the other side closed.
    func rest() async throws -> RawAnswer {
        var bytes: [UInt8] = []
        for try await part in parts { bytes += part }
        return RawAnswer(bytes: bytes)
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let parts: AsyncThrowingStream<[UInt8], any Error>.Continuation

        init(_ parts: AsyncThrowingStream<[UInt8], any Error>.Continuation) { self.parts = parts }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            parts.yield(Array(unwrapInboundIn(data).readableBytesView))
        }

        func channelInactive(context: ChannelHandlerContext) { parts.finish() }
    }
}
