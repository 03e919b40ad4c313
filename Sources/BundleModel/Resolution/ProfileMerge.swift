/// Merges profiles, the root first, and remembers where each field came from if that is asked for.
struct ProfileMerge {
    private var label: String?
    private var description: String?
    private var engine: EngineID?
    private var model: ModelName?
    private var prompts: [String: BundlePath] = [:]
    private var workflows: [BundlePath] = []
    private var tools: [ToolName: ToolPolicy] = [:]
    private var bundleTools: [ToolName: ToolPolicy] = [:]
    private var plugins: [PluginName] = []
    private var grants: [DeclarationName] = []
    private var assets: [BundlePath] = []
    private var settings: [String: SettingValue] = [:]
    private var labels: [String: String] = [:]
    private var sources: FieldSources?

    /// Begins with nothing.
    ///
    /// - Parameter noting: whether it is taken down where each field came from, which is more work
    ///   than the rest.
    init(noting: Bool = true) { sources = noting ? FieldSources() : nil }

    /// Adds the policies of the bundle's tools, below everything that profiles say.
    mutating func add(_ documents: [ToolName: ToolDocument]) {
        for (name, tool) in documents {
            bundleTools[name] = tool.policy.value
            sources?.record(
                "tools.\(name)",
                FieldOrigin(file: "tools/\(name).yaml", mark: tool.policy.mark), isBase: true)
        }
    }

    /// Adds a profile over those before it.
    mutating func add(_ profile: ProfileDocument, as reference: ProfileReference) {
        let file =
            switch reference {
            case _ where sources == nil: ""
            case .named(let name): "profiles/\(name).yaml"
            case .builtin: reference.description
            }
        Self.replace(&label, profile.label, "label", file, &sources)
        Self.replace(&description, profile.description, "description", file, &sources)
        Self.replace(&engine, profile.engine, "engine", file, &sources)
        Self.replace(&model, profile.model, "model", file, &sources)
        Self.merge(&prompts, profile.prompts, "prompts", file, &sources)
        Self.replace(&workflows, profile.workflows, "workflows", file, &sources)
        Self.merge(&tools, profile.tools, "tools", file, &sources)
        Self.replace(&plugins, profile.plugins, "plugins", file, &sources)
        Self.replace(&grants, profile.grants, "grants", file, &sources)
        Self.replace(&assets, profile.assets, "assets", file, &sources)
        Self.merge(&settings, profile.settings, "settings", file, &sources)
        Self.merge(&labels, profile.labels, "labels", file, &sources)
    }

    private static func replace<Value>(
        _ member: inout Value?, _ value: Located<Value>?, _ field: String, _ file: String,
        _ sources: inout FieldSources?
    ) {
        guard let value else { return }
        member = value.value
        sources?.record(field, FieldOrigin(file: file, mark: value.mark))
    }

    private static func replace<Value>(
        _ member: inout [Value], _ values: Located<[Located<Value>]>?, _ field: String,
        _ file: String, _ sources: inout FieldSources?
    ) {
        guard let values else { return }
        member = values.value.map { $0.value }
        sources?.record(field, FieldOrigin(file: file, mark: values.mark))
    }

    private static func merge<Key: CustomStringConvertible, Value>(
        _ member: inout [Key: Value], _ entries: [Key: Located<Value?>], _ field: String,
        _ file: String, _ sources: inout FieldSources?
    ) {
        for (key, entry) in entries {
            member[key] = entry.value
            sources?.record(
                "\(field).\(key)", FieldOrigin(file: file, mark: entry.mark),
                isRemoval: entry.value == nil)
        }
    }

    /// Looks up what the merged profile names.
    func finish(
        selected: ProfileReference, lineage: [ProfileReference], documents: BundleDocuments?
    ) throws(SheafError) -> ResolvedProfile {
        let lookup = ResolvedReferences(documents: documents, sources: sources, selected: selected)
        let model = try model.map { name throws(SheafError) in
            try lookup.find(documents?.models[name], "models/\(name).yaml", field: "model")
        }
        var descriptors: [PluginDescriptor] = []
        for name in plugins {
            descriptors.append(
                try lookup.find(
                    documents?.plugins[name], "plugins/\(name).yaml", field: "plugins"))
        }
        let declarations = try lookup.declarations(
            grants: grants, model: model, plugins: descriptors)
        for (role, path) in prompts.sorted(by: { $0.key < $1.key }) {
            try lookup.check(path, field: "prompts.\(role)")
        }
        for path in workflows { try lookup.check(path, field: "workflows") }
        for path in assets { try lookup.check(path, field: "assets") }
        var sources = sources
        if let model { sources?.record(model) }
        return ResolvedProfile(
            reference: selected, lineage: lineage, label: label, description: description,
            engine: engine, model: model, prompts: prompts, workflows: workflows,
            tools: bundleTools.merging(tools) { _, own in own }, plugins: descriptors,
            grants: grants, declarations: declarations, assets: assets, settings: settings,
            labels: labels, sources: sources?.sorted() ?? []
        )
    }
}
