public import BundleModel
public import HTTPServing
public import WorkerRuntime

/// Where a runtime is served, and to whom.
public struct RuntimeServerConfiguration: Sendable {
    /// How a sync is made that somebody asked for.
    public typealias SyncAction =
        @Sendable (WorkspaceID, BundleID, ChannelID) async throws(SheafError) -> SyncResult

    /// Where it listens; may be empty when there is a socket.
    public var addresses: [ListenAddress]
    /// The path of a Unix socket, of at most 100 bytes; whoever can open it may do everything, as the
    /// owner of the store. A socket that is there is replaced, and nothing else is.
    public var socket: String?
    /// The file of tokens; while there is none, only loopback is served.
    public var tokenFile: String
    /// With it the server speaks HTTPS on its addresses.
    public var tls: ServerTLS?
    /// Whether tokens may be sent in clear beyond this machine, as behind a proxy that speaks TLS.
    public var allowsPlainHTTP = false
    /// What it may take.
    public var limits = RuntimeServerLimits()
    /// The folder in which files lie until they are imported: the server's own, and nobody else's to
    /// look into.
    public var spoolFolder: String
    /// How a sync is made; nil for the library's own.
    public var sync: SyncAction?
    /// How what the owner asks for through the socket is done; nil for the library's own way.
    public var owner: OwnerActions?
    /// Throws while the runtime is not ready to do its work; nil when it is as soon as it answers.
    public var requireReady: (@Sendable () async throws(SheafError) -> Void)?
    /// More numbers for `/metrics`, as Prometheus reads them; asks which bundles whoever reads them
    /// may know of.
    public typealias MetricsAction =
        @Sendable (_ isShown: @Sendable (WorkspaceID, BundleID) -> Bool) async -> String
    /// See ``MetricsAction``.
    public var metrics: MetricsAction?

    /// Describes a server.
    public init(
        addresses: [ListenAddress], socket: String? = nil, tokenFile: String, spoolFolder: String
    ) {
        self.addresses = addresses
        self.socket = socket
        self.tokenFile = tokenFile
        self.spoolFolder = spoolFolder
    }
}
