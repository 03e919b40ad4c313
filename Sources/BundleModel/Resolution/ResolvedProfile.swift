/// A profile with everything that its ancestors give it: what a worker is created from.
public struct ResolvedProfile: Hashable, Sendable {
    /// The profile that was selected.
    public let reference: ProfileReference
    /// The profiles that were merged, the root first and the selected one last.
    public let lineage: [ProfileReference]
    /// A short name for people.
    public let label: String?
    /// What the profile is for.
    public let description: String?
    /// The engine.
    public let engine: EngineID?
    /// The model configuration.
    public let model: ModelDocument?
    /// Prompts by role.
    public let prompts: [String: BundlePath]
    /// Workflow definitions.
    public let workflows: [BundlePath]
    /// The policy of each tool: of `tools/<name>.yaml`, unless the profile says otherwise.
    public let tools: [ToolName: ToolPolicy]
    /// Plugins in the order of the profile.
    public let plugins: [PluginDescriptor]
    /// Names of the declarations that the profile itself asks for.
    public let grants: [DeclarationName]
    /// Every declaration asked for by the profile, its model or its plugins, by name.
    public let declarations: [Declaration]
    /// Files beside the prompts.
    public let assets: [BundlePath]
    /// Settings of the engine.
    public let settings: [String: SettingValue]
    /// Labels.
    public let labels: [String: String]
    /// For every field and key the file and line it came from, in the order of the fields.
    public let sources: [FieldSource]
    /// The SHA-256 of ``canonicalJSON``.
    public private(set) var digest = SHA256Value(words: (0, 0, 0, 0))

    /// Computes the digest, when everything else is in place.
    func withDigest() -> ResolvedProfile {
        var copy = self
        copy.digest = SHA256Value(hashing: canonicalBytes())
        return copy
    }
}
