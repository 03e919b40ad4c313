public import HTTPServing

/// What a Git server serves, to whom, and where.
public struct GitServerConfiguration: Sendable {
    /// Where it listens.
    public var address: ListenAddress
    /// The directories of the repositories, one for each workspace.
    public var repositories: [String]
    /// The file of tokens; while there is none, only loopback is served.
    public var tokenFile: String
    /// With it the server speaks HTTPS.
    public var tls: ServerTLS?
    /// Whether tokens may be sent in clear beyond this machine, as behind a proxy that speaks TLS.
    public var allowsPlainHTTP = false
    /// What it may take.
    public var limits = ServerLimits()
    /// The variables of the process: where `git` is, and where answers go that are too large for
    /// memory.
    public var environment: [String: String]

    /// Describes a server.
    public init(
        address: ListenAddress, repositories: [String], tokenFile: String,
        environment: [String: String]
    ) {
        self.address = address
        self.repositories = repositories
        self.tokenFile = tokenFile
        self.environment = environment
    }
}
