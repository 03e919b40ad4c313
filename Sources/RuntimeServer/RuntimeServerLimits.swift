/// What one server of a runtime may take. Each that a request reaches refuses it with a code;
/// a connection that is idle or does not move is closed without a word.
public struct RuntimeServerLimits: Sendable {
    /// Bytes of a request for a worker, whose input may have 1 MiB before it is written as JSON.
    public var workerBytes = 8 << 20
    /// Bytes of any other document.
    public var documentBytes = 64 << 10
    /// Bytes of a Git bundle file.
    public var fileBytes = 512 << 20
    /// Files that arrive at once.
    public var arrivals = 16
    /// Bytes of all large documents that are arriving or waiting to be read, as far as they have come.
    public var documentRoom = 64 << 20
    /// Large documents that are read at once, and such of unknown size: what reading one takes of
    /// memory is at most some three times its bytes.
    public var documents = 4
    /// Files that are checked and taken at once.
    public var imports = 2
    /// Requests that wait for their turn: for a file to arrive, for a document to be read.
    public var waiting = 64
    /// How long one waits before it is refused with 503.
    public var patience: Duration = .seconds(30)
    /// How long a document may take to arrive.
    public var documentTime: Duration = .seconds(30)
    /// How long a file may take to arrive.
    public var fileTime: Duration = .seconds(600)
    /// How long a connection may be idle, and a request's head may take.
    public var idle: Duration = .seconds(60)
    /// How long a client may leave what is sent unread.
    public var stall: Duration = .seconds(30)
    /// Connections at once, on each address.
    public var connections = 4096

    /// The limits of a runtime on one small machine.
    public init() {}
}
