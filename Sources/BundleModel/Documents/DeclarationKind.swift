/// What a declaration asks a host for.
public enum DeclarationKind: String, CaseIterable, Sendable, Hashable, Codable {
    /// A secret, by name.
    case secretRef = "secret_ref"
    /// A directory of the host.
    case mountGrant = "mount_grant"
    /// Access to network destinations.
    case networkPolicy = "network_policy"
    /// Which commands a shell may run.
    case shellPolicy = "shell_policy"
    /// What may be done with Git remotes.
    case gitPolicy = "git_policy"
    /// A capability of the host by name.
    case capabilityGrant = "capability_grant"

    /// The reference schemes of this kind.
    public var schemes: [ReferenceScheme] {
        ReferenceScheme.allCases.filter { $0.kind == self }
    }
}
