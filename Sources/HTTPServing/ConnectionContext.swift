public import Hummingbird
public import NIOCore

/// What is known of a request beside what it says: the connection that it came on.
public struct ConnectionContext: RequestContext {
    /// What the framework keeps of it.
    public var coreContext: CoreRequestContextStorage
    /// The connection.
    public let channel: any Channel

    /// Takes it from where the request came in.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
