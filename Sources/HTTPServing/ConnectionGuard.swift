internal import BundleModel
internal import HTTPTypes
public import NIOCore
internal import NIOHTTP1
public import NIOHTTPTypes

/// Ends connections that would be held for ever by the other side, and says what is wrong with a
/// request that is none.
///
/// - A client that does not read what it asked for: when nothing more fits and that stays so.
/// - A client that goes on sending a body after it has its answer: the answer gets a moment to
///   arrive, then the connection is closed. HTTP/1.1 has no other way to stop it.
/// - A client whose request cannot be read: the answer that it gets is a problem as any other.
public final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    /// What comes from the client.
    public typealias InboundIn = HTTPRequestPart
    /// The same, passed on.
    public typealias InboundOut = HTTPRequestPart
    /// What goes to the client.
    public typealias OutboundIn = HTTPResponsePart
    /// The same, passed on.
    public typealias OutboundOut = HTTPResponsePart

    /// Whether the client is still there.
    public let presence = ClientPresence()
    private let stall: TimeAmount
    private let linger: TimeAmount
    private var isReceiving = false
    private var isMalformed = false
    private var closing: Scheduled<Void>?

    /// - Parameters:
    ///   - stall: how long a client may leave what is sent unread.
    ///   - linger: how long an answer has to arrive at a client that is still sending.
    public init(stall: TimeAmount = .seconds(30), linger: TimeAmount = .seconds(2)) {
        self.stall = stall
        self.linger = linger
    }

    /// Notes whether a request is on its way, and passes it on.
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReceiving = true
        case .body: break
        case .end: isReceiving = false
        }
        context.fireChannelRead(data)
    }

    /// Passes an answer on; one that ends before its request has is the last of its connection.
    public func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        switch unwrapOutboundIn(data) {
        case .head where isMalformed:
            // What would be answered has no body.
            let (head, body) = Self.malformed
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(body)), promise: promise)
            return
        case .end where isReceiving: close(context.channel, in: linger)
        case .head, .body, .end: break
        }
        context.write(data, promise: promise)
    }

    /// Notes a request that cannot be read, and passes the error on.
    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError { isMalformed = true }
        context.fireErrorCaught(error)
    }

    private static var malformed: (head: HTTPResponse, body: ByteBuffer) {
        var problem = Problem(SheafError(.invalidRequest, "this is no request of HTTP/1.1"))
        problem.fields[.connection] = "close"
        var (head, body) = problem.message()
        head.headerFields[.contentLength] = String(body.readableBytes)
        return (head, body)
    }

    /// Starts or stops the time in which the client has to read.
    public func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            if !isReceiving { closing?.cancel() }
        } else {
            close(context.channel, in: stall)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Notes that nothing more will come from the client, and passes that on. A client that wants to
    /// hear an answer keeps its side open, as HTTP/1.1 advises (RFC 9112, 9.6).
    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { presence.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    /// Forgets the connection.
    public func channelInactive(context: ChannelHandlerContext) {
        presence.leave()
        closing?.cancel()
        context.fireChannelInactive()
    }

    private func close(_ channel: any Channel, in time: TimeAmount) {
        closing?.cancel()
        closing = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
