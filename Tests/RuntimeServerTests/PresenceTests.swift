import HTTPServing
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@Suite("Whether a client is still there", .timeLimit(.minutes(1)))
struct PresenceTests {
    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    /// Runs a body with an open connection, which has a guard or none.
    private static func withConnection(
        guarded isGuarded: Bool, _ body: (any Channel) async throws -> Void
    ) async throws {
        let listener = try LoopbackSocket()
        try listener.listen()
        defer { listener.shutdown() }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard isGuarded else { return }
                    try channel.pipeline.syncOperations.addHandler(ConnectionGuard())
                }
            }
            .connect(host: "127.0.0.1", port: listener.port).get()
        try await body(channel)
        try? await channel.close()
    }

    private static func hasLeft(_ presence: ClientPresence) async -> Bool {
        let flag = Flag()
        await presence.watched(whenGone: { flag.value.withLock { $0 = true } }) {}
        return flag.value.withLock(\.self)
    }

    @Test("one that left before anybody looked has left", arguments: [true, false])
    func gone(isGuarded: Bool) async throws {
        try await Self.withConnection(guarded: isGuarded) { channel in
            try? await channel.close()
            // By now its handlers are taken away.
            try await channel.closeFuture.get()
            let presence = try #require(await ClientPresence.of(channel))
            #expect(await Self.hasLeft(presence))
            await #expect(throws: CancellationError.self) {
                try await ClientPresence.during(channel) {
                    try await Task.sleep(for: .seconds(600))
                }
            }
        }
    }

    @Test("is known of an open connection with a guard, and of no other open one")
    func open() async throws {
        try await Self.withConnection(guarded: true) { channel in
            let presence = try #require(await ClientPresence.of(channel))
            #expect(await !Self.hasLeft(presence))
            try? await channel.close()
            try await channel.closeFuture.get()
            #expect(await Self.hasLeft(presence))
        }
        try await Self.withConnection(guarded: false) { channel in
            #expect(await ClientPresence.of(channel) == nil)
            let done = try await ClientPresence.during(channel) { true }
            #expect(done)
        }
    }
}
