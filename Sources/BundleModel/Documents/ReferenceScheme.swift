/// What stands in front of the colon of a reference.
public enum ReferenceScheme: String, CaseIterable, Sendable, Hashable, Codable {
    /// A secret of the host's own store.
    case secret
    /// A secret in a vault.
    case vault
    /// A secret in the keyring of the host.
    case keyring
    /// A directory.
    case mount
    /// A set of network destinations.
    case network
    /// A set of shell rules.
    case shell
    /// A set of Git rules.
    case git
    /// A capability.
    case capability

    /// The kind of declaration that uses this scheme.
    public var kind: DeclarationKind {
        switch self {
        case .secret, .vault, .keyring: .secretRef
        case .mount: .mountGrant
        case .network: .networkPolicy
        case .shell: .shellPolicy
        case .git: .gitPolicy
        case .capability: .capabilityGrant
        }
    }
}
