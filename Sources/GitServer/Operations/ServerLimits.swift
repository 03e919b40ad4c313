/// What one server may take. Each that a request reaches refuses it; a connection that is idle or does
/// not move is closed without a word.
public struct ServerLimits: Sendable {
    /// Runs of `git` for fetches at once.
    public var fetches = 4
    /// Runs of `git` for pushes at once.
    public var pushes = 2
    /// Requests that wait for a run, for each of the two.
    public var waiting = 512
    /// How long one waits before it is refused with 503.
    public var patience: Duration = .seconds(30)
    /// One fetch, from the first byte of `git` to the last.
    public var fetchTime: Duration = .seconds(600)
    /// One push, with the time in which its body arrives.
    public var pushTime: Duration = .seconds(600)
    /// How long a body may take that is not a push.
    public var bodyTime: Duration = .seconds(30)
    /// Bytes of a fetch request, inflated.
    public var fetchRequestBytes = 4 << 20
    /// Bytes of the list of references of a push.
    public var commandBytes = 1 << 20
    /// Bytes of a push.
    public var pushBytes = 512 << 20
    /// Bytes of one answer to a fetch.
    public var responseBytes = 1 << 30
    /// Bytes of all answers that are kept, in memory and on disk.
    public var cacheBytes = 512 << 20
    /// Bytes of all answers and pushes that lie in files: kept, being made, sent or received.
    public var spoolBytes = 4 << 30
    /// How long one answer may take to be sent.
    public var sendTime: Duration = .seconds(3600)
    /// How long a request for releases may wait.
    public var longestWait: Duration = .seconds(60)
    /// Requests that wait for releases.
    public var releaseWaiters = 4096
    /// How long a connection may be idle, and a request's head may take.
    public var idle: Duration = .seconds(60)
    /// How long a client may leave what is sent unread.
    public var stall: Duration = .seconds(30)
    /// Requests at once, those that wait among them; over that one is refused with 503.
    public var requests = 6144
    /// Connections at once; over that none is taken.
    public var connections = 8192

    /// The limits of a server of one small machine.
    public init() {}
}
