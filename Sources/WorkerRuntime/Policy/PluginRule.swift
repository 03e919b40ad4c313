public import BundleModel

/// A plugin package that this host has, and who may use it.
public struct PluginRule: Hashable, Sendable {
    /// The plugin.
    public let name: PluginName
    /// The version that this host has; a descriptor with another one is refused. Nil for any
    /// version that has the digest.
    public let version: String?
    /// The SHA-256 of the package; a descriptor with another one is refused.
    public let digest: SHA256Value
    /// Who may use it.
    public let scopes: [GrantScope]
}
