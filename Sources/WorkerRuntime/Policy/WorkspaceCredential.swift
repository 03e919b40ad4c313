/// Where the credential for a workspace's repository is, and how it is sent. Never the credential.
public struct WorkspaceCredential: Hashable, Sendable {
    /// Where it is read when a transfer starts.
    public enum Source: Hashable, Sendable {
        /// In a file of the host that nobody else can read; for SSH a private key.
        case file(String)
        /// In an environment variable of the runtime.
        case environment(String)
        /// Where the user of this host keeps it for Git: what `git credential fill` says.
        case gitHelper
    }

    /// How it is sent.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// As the password of HTTP's Basic scheme, which every Git host takes tokens by.
        case basic
        /// As a Bearer token.
        case bearer
    }

    /// Where it is.
    public let source: Source
    /// How it is sent.
    public let kind: Kind
    /// The name that goes with the password.
    public let user: String

    /// The name where none is written; Git hosts that take a token look at nothing else.
    public static let defaultUser = "sheaf"
}
