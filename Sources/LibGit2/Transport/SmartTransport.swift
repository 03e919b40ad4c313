/// A way to reach a peer that speaks Git's smart protocol, version 0.
protocol SmartTransport {
    /// Whether every request is a connection of its own, as with HTTP.
    var isStateless: Bool { get }

    /// Where the peer is, in the caller's words: all that an error may say about it.
    var location: String { get }

    /// Connects for one request, or once for all of them.
    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection
}

/// What a connection is made for.
enum SmartService: Sendable {
    /// The list of references.
    case uploadPackList
    /// The transfer of objects.
    case uploadPack
}

/// One connection to a peer, used by one thread, which it blocks until there is something, the
/// deadline has passed or the transfer was cancelled.
protocol SmartConnection: AnyObject {
    /// Fills a part of the room; 0 is the end of the stream.
    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int

    /// Writes all of it.
    func write(_ bytes: RawSpan) throws(TransportError)

    /// Ends the connection and gives back what it holds; called exactly once.
    func close()
}
