extension BundlePath {
    /// Whether the file at this path is a YAML document with a schema, which other files may refer
    /// to; false for texts, assets and what is in a wrong place.
    public var isDocument: Bool { (try? BundleFileKind(self))?.isDocument ?? false }
}

extension ParsedDocument {
    /// A file whose bytes were read and found in order before, under the same path and rules.
    ///
    /// It has no findings. What a YAML document says is not kept, so a bundle that is put together
    /// from such files is complete in its texts and assets alone.
    public init(foundInOrder path: BundlePath) {
        self.init(path: path, findings: [], content: .other)
    }

    /// The profile of the same bundle that this one extends; nil for any other file.
    public var extendedProfile: ProfileID? {
        guard case .profile(let profile) = content,
            case .named(let parent)? = profile.extends?.value
        else { return nil }
        return parent
    }

    /// What a profile takes from other documents, so far as those who extend it see it; nil for any
    /// other file.
    package var profileLinks: ProfileLinks? {
        guard case .profile(let profile) = content else { return nil }
        return ProfileLinks(profile)
    }
}

/// What rules that look into several documents read of a profile: its parent, model, plugins, grants
/// and roles, without where they stand.
package struct ProfileLinks: Hashable, Sendable {
    private let parent: ProfileReference?
    private let model: ModelName?
    private let plugins: [PluginName]?
    private let grants: [DeclarationName]?
    /// For each role whether it has a prompt, or takes that of the parent away.
    private let roles: [String: Bool]

    init(_ profile: ProfileDocument) {
        parent = profile.extends?.value
        model = profile.model?.value
        plugins = profile.plugins?.value.map { $0.value }
        grants = profile.grants?.value.map { $0.value }
        roles = profile.prompts.mapValues { $0.value != nil }
    }
}
