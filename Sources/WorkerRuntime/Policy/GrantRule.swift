public import BundleModel

/// What one reference stands for on this host, and who gets it.
public struct GrantRule: Hashable, Sendable {
    /// What the host gives.
    public enum Resource: Hashable, Sendable {
        /// A secret that is read from an environment variable of the runtime when a worker starts.
        case secretFromEnvironment(String)
        /// A secret that is read from a file of the host when a worker starts.
        case secretFromFile(String)
        /// A directory of the host.
        case mount(path: String, access: Declaration.Access)
        /// Network destinations.
        case network(allow: [NetworkDestination])
        /// Commands that a shell may run.
        case shell(allow: [String])
        /// Git operations or remotes.
        case git(allow: [String])
        /// A capability by its name alone.
        case capability
    }

    /// The whole reference, e.g. `secret:tracker/api-token`.
    public let reference: DeclarationReference
    /// What it stands for.
    public let resource: Resource
    /// Who gets it; nobody else.
    public let scopes: [GrantScope]
}
