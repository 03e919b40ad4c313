import Foundation
import NIOCore
import NIOPosix

/// What lies at the socket of a store instead of its daemon: nobody, or one of another version that
/// has not the routes of this one.
struct StandInDaemon: Sendable {
    private let channel: any Channel

    init(at path: String) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answer())
                }
            }
            .bind(unixDomainSocketPath: path + "-").get()
        // Who closes it takes away only the name that it was bound to.
        try FileManager.default.moveItem(atPath: path + "-", toPath: path)
    }

    /// Listens no more; the socket stays, as after a daemon that was killed.
    func leave() async throws { try await channel.close() }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let body =
                #"{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","#
                + #""detail":"there is nothing here"}"#
            let text =
                "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n"
                + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        }
    }
}
