/// Where the repository of a workspace is: on this host, or at another.
///
/// - `/srv/sheaf/acme.git`, `file:///srv/sheaf/acme.git`: a path of this host;
/// - `https://host[:port]/path`, and `http://` for this machine and networks that are trusted;
/// - `ssh://[user@]host[:port]/path`, and `[user@]host:path` as Git has it;
/// - `git://host[:port]/path`.
///
/// It is read once, and whoever has one need not look again: there is no password in it, no control
/// character, no query or fragment, and nothing in it begins with `-`. In a URL's path `{bundle}`
/// stands for the bundle that is fetched.
public struct RepositoryLocation: Hashable, Sendable, CustomStringConvertible {
    /// How a repository is reached.
    public enum Scheme: String, CaseIterable, Hashable, Sendable {
        /// A path of this host.
        case file
        /// Git's smart protocol over HTTP with TLS.
        case https
        /// The same without TLS: anybody on the way can read it.
        case http
        /// The program `git-upload-pack` of another host, over SSH.
        case ssh
        /// Git's own daemon: no credential, no encryption.
        case git

        /// The port where none is written; nil for a path.
        public var defaultPort: Int? {
            switch self {
            case .file: nil
            case .https: 443
            case .http: 80
            case .ssh: 22
            case .git: 9418
            }
        }
    }

    /// The location as it was written.
    public let text: String
    /// How it is reached.
    public let scheme: Scheme
    /// The account at the other host, for SSH.
    public let user: String?
    /// The name or address of the other host in lower case, IPv6 without brackets; empty for a path.
    public let host: String
    /// The port, where one is written.
    public let port: Int?
    /// The path: percent-encoded for HTTP, as the other host understands it for everything else.
    public let path: String

    /// What stands for the bundle's id in the path of a URL.
    public static let placeholder = "{bundle}"

    /// Reads a location; throws what is wrong with it.
    public init(_ text: String) throws(RepositoryLocationProblem) {
        self = try RepositoryLocationReader.read(text)
    }

    init(
        text: String, scheme: Scheme, user: String? = nil, host: String = "", port: Int? = nil,
        path: String
    ) {
        self.text = text
        self.scheme = scheme
        self.user = user
        self.host = host
        self.port = port
        self.path = path
    }

    /// The location of one bundle: with its id where the path has `{bundle}`.
    public func of(_ bundle: BundleID) -> RepositoryLocation {
        // In a path of this host braces are a name as any other.
        guard !text.hasPrefix("/") else { return self }
        let id = bundle.rawValue
        return RepositoryLocation(
            text: text.split(separator: Self.placeholder, omittingEmptySubsequences: false)
                .joined(separator: id),
            scheme: scheme, user: user, host: host, port: port,
            path: path.split(separator: Self.placeholder, omittingEmptySubsequences: false)
                .joined(separator: id))
    }

    /// Scheme, host and port: what a credential is bound to. Nil for a path.
    public var origin: String? {
        guard let defaultPort = scheme.defaultPort else { return nil }
        return "\(scheme.rawValue)://\(bracketedHost):\(port ?? defaultPort)"
    }

    /// The host as it stands in a URL.
    public var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// Whether the other host is this machine, by its name or address alone.
    public var isLoopback: Bool { LoopbackHost.matches(host) }

    /// Whether what is sent can be read by others on the way.
    public var isInClear: Bool { (scheme == .http || scheme == .git) && !isLoopback }

    /// The location as it was written; it has no secret.
    public var description: String { text }
}
