/// How a client reaches a runtime.
public struct RuntimeClientConfiguration: Sendable {
    /// Where.
    public var endpoint: RuntimeEndpoint
    /// The token that it shows; nil where none is needed. It is sent to this endpoint alone.
    public var token: String?
    /// Whether the token may be sent in clear beyond this machine, as where something between speaks
    /// TLS for both ends.
    public var allowsPlainHTTP = false
    /// Certificates, PEM, by which the runtime is known; nil for those of the system.
    public var authorities: String?
    /// The certificate of this client and the chain above it, PEM.
    public var certificate: String?
    /// The key of the certificate, PEM.
    public var key: String?
    /// How long a question may take.
    public var time: Duration = .seconds(30)
    /// How long it may take beside that for the runtime to reach a repository, or to start an engine.
    public var workTime: Duration = .seconds(330)

    /// Describes a client.
    public init(_ endpoint: RuntimeEndpoint, token: String? = nil) {
        self.endpoint = endpoint
        self.token = token
    }
}
