internal import LibGit2

/// What a repository knows a host by. It describes itself without what is secret.
package struct RemoteCredential: Sendable, CustomStringConvertible, CustomReflectable {
    let value: PeerCredential

    /// A name and a password, or a token in its place.
    package static func basic(user: String, password: String) -> RemoteCredential {
        RemoteCredential(value: .basic(user: user, password: password))
    }

    /// A token.
    package static func bearer(_ token: String) -> RemoteCredential {
        RemoteCredential(value: .bearer(token))
    }

    /// The file of a private key, for SSH.
    package static func keyFile(_ path: String) -> RemoteCredential {
        RemoteCredential(value: .keyFile(path))
    }

    /// What kind it is.
    package var description: String { value.description }

    /// Shows nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
