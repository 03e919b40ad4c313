import Foundation
import NIOCore
import NIOPosix

/// The socket of a service manager.
final class NotifySocket: Sendable {
    let path: String
    private let channel: any Channel
    private let messages: AsyncStream<String>

    init(in folder: URL) throws {
        path = folder.appending(path: "notify").path(percentEncoded: false)
        let (messages, continuation) = AsyncStream.makeStream(of: String.self)
        self.messages = messages
        channel = try DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
                }
            }
            .bind(unixDomainSocketPath: path).wait()
    }

    deinit { channel.close(promise: nil) }

    /// The next message.
    func next() async -> String {
        for await message in messages { return message }
        return ""
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        private let continuation: AsyncStream<String>.Continuation

        init(_ continuation: AsyncStream<String>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(String(buffer: unwrapInboundIn(data).data))
        }
    }
}
