/// The fields of a resolved profile that its digest covers.
struct ResolvedContent {
    let label: String?
    let description: String?
    let engine: EngineID?
    let model: ModelDocument?
    let prompts: [String: BundlePath]
    let workflows: [BundlePath]
    let tools: [ToolName: ToolPolicy]
    let plugins: [PluginDescriptor]
    let grants: [DeclarationName]
    let declarations: [Declaration]
    let assets: [BundlePath]
    let settings: [String: SettingValue]
    let labels: [String: String]
}

extension ResolvedProfile {
    init(
        reference: ProfileReference, lineage: [ProfileReference], content: ResolvedContent,
        sources: [FieldSource]
    ) {
        self.reference = reference
        self.lineage = lineage
        label = content.label
        description = content.description
        engine = content.engine
        model = content.model
        prompts = content.prompts
        workflows = content.workflows
        tools = content.tools
        plugins = content.plugins
        grants = content.grants
        declarations = content.declarations
        assets = content.assets
        settings = content.settings
        labels = content.labels
        self.sources = sources
        digest = SHA256Value(hashing: content.canonicalJSON())
    }
}
