/// How a workspace's repository is reached, where the system's own way is not meant.
public struct WorkspaceConnection: Hashable, Sendable {
    /// A proxy for HTTP.
    public enum Proxy: Hashable, Sendable {
        /// This one: a URL without a name or password.
        case address(String)
        /// None, whatever the environment says.
        case direct
    }

    /// The file of the authorities whose certificates are trusted.
    public var authorities: String?
    /// The file of the certificate that this host shows.
    public var certificate: String?
    /// The file of the key that goes with it.
    public var key: String?
    /// The file of the host keys that are trusted, for SSH.
    public var knownHosts: String?
    /// The proxy; nil for what the environment says.
    public var proxy: Proxy?

    /// The system's own way in everything.
    public init() {}
}
