import Foundation
import NIOCore
import NIOPosix

/// A Unix socket of a test, with which it does what no client does.
struct LocalSocket: Sendable {
    private let channel: any Channel

    /// Listens at a path; when it is closed the path stays, as after a server that was killed.
    init(listeningAt path: String) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: path + "-").get()
        // Closing it takes away only the name that it was bound to.
        try FileManager.default.moveItem(atPath: path + "-", toPath: path)
    }

    /// Connects to a path.
    init(connectedTo path: String) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path).get()
    }

    func write(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func close() async throws { try await channel.close() }
}
