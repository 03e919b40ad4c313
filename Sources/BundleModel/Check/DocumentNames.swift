/// The names that documents of a bundle have by their files, whether or not they could be read.
struct DocumentNames {
    private(set) var profiles: Set<ProfileID> = []
    private(set) var models: Set<ModelName> = []
    private(set) var plugins: Set<PluginName> = []
    private(set) var declarations: Set<DeclarationName> = []

    mutating func insert(_ kind: BundleFileKind) {
        switch kind {
        case .profile(let name): profiles.insert(name)
        case .model(let name): models.insert(name)
        case .plugin(let name): plugins.insert(name)
        case .declaration(let name): declarations.insert(name)
        case .manifest, .tool, .workflow, .text, .asset: break
        }
    }
}
