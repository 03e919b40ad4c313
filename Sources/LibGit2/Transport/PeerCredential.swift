/// What a peer knows its caller by. It describes itself without what is secret.
package enum PeerCredential: Sendable {
    /// A name and a password, or a token in its place.
    case basic(user: String, password: String)

    /// A token.
    case bearer(String)

    /// The file of a private key, for SSH.
    case keyFile(String)
}

extension PeerCredential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .basic: "a name and a password"
        case .bearer: "a token"
        case .keyFile: "a key"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
