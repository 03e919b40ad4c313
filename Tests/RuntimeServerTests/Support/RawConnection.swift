import NIOCore
import NIOPosix

/// What came back on a connection until the other side closed it.
struct RawAnswer: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var description: String { String(text.prefix(2000)) }

    /// The number in the status line; nil when there is none.
    var status: Int? {
        let words = text.prefix(20).split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1.") else { return nil }
        return Int(words[1].prefix(3))
    }

    /// The `code` of a problem.
    var code: String? {
        text.firstMatch(of: /"code":"([a-z_]+)"/).map { String($0.1) }
    }

    func field(_ name: String) -> String? {
        text.split(separator: "\r\n").lazy
            .first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }
}

/// A connection on which a test says exactly what it wants to.
enum RawConnection {
    static func exchange(port: Int, _ bytes: [UInt8]) async throws -> RawAnswer {
        try await exchange(with: try SocketAddress(ipAddress: "127.0.0.1", port: port), bytes)
    }

    static func exchange(socket: String, _ bytes: [UInt8]) async throws -> RawAnswer {
        try await exchange(with: try SocketAddress(unixDomainSocketPath: socket), bytes)
    }

    private static func exchange(
        with address: SocketAddress, _ bytes: [UInt8]
    ) async throws -> RawAnswer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            // A server that refuses closes while it is still being written to.
            try? await outbound.write(ByteBuffer(bytes: bytes))
            var answer: [UInt8] = []
            do {
                for try await part in inbound { answer.append(contentsOf: part.readableBytesView) }
            } catch let error as IOError where error.errnoCode == 104 || error.errnoCode == 54 {
                // Reset by the peer: what it said before counts.
            }
            return RawAnswer(bytes: answer)
        }
    }
}
