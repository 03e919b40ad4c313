/// All documents of a bundle, each under its name, and the paths of all files.
public struct BundleDocuments: Hashable, Sendable {
    /// `bundle.yaml`.
    public let manifest: BundleManifest
    /// Profiles.
    public let profiles: [ProfileID: ProfileDocument]
    /// Tools.
    public let tools: [ToolName: ToolDocument]
    /// Model configurations.
    public let models: [ModelName: ModelDocument]
    /// Plugin descriptors.
    public let plugins: [PluginName: PluginDescriptor]
    /// Declarations.
    public let declarations: [DeclarationName: Declaration]
    /// Workflows in YAML; those in Markdown are only paths.
    public let workflows: [BundlePath: WorkflowDocument]
    /// The paths of all files.
    public let paths: Set<BundlePath>

    /// Puts the documents of one bundle together; nil without a manifest.
    init?(_ parsed: [ParsedDocument], paths: Set<BundlePath>) {
        var manifest: BundleManifest?
        var profiles: [ProfileID: ProfileDocument] = [:]
        var tools: [ToolName: ToolDocument] = [:]
        var models: [ModelName: ModelDocument] = [:]
        var plugins: [PluginName: PluginDescriptor] = [:]
        var declarations: [DeclarationName: Declaration] = [:]
        var workflows: [BundlePath: WorkflowDocument] = [:]
        for document in parsed {
            switch document.content {
            case .manifest(let value): manifest = value
            case .profile(let value): profiles[value.name] = value
            case .tool(let value): tools[value.name] = value
            case .model(let value): models[value.name] = value
            case .plugin(let value): plugins[value.name] = value
            case .declaration(let value): declarations[value.name] = value
            case .workflow(let value): workflows[document.path] = value
            case .other: break
            }
        }
        guard let manifest else { return nil }
        self.manifest = manifest
        self.profiles = profiles
        self.tools = tools
        self.models = models
        self.plugins = plugins
        self.declarations = declarations
        self.workflows = workflows
        self.paths = paths
    }
}
