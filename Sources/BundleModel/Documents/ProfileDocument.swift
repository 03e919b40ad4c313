/// A profile as one file states it, before `extends` is followed.
///
/// A map entry without a value stands for `null`: it removes what a parent gives. A list that is
/// nil is inherited; an empty one replaces the parent's.
public struct ProfileDocument: Hashable, Sendable {
    /// The file's name without its extension.
    public let name: ProfileID
    /// The parent.
    public let extends: Located<ProfileReference>?
    /// A short name for people.
    public let label: Located<String>?
    /// What the profile is for.
    public let description: Located<String>?
    /// The engine that runs it, which the host policy maps to a command.
    public let engine: Located<EngineID>?
    /// The model configuration.
    public let model: Located<ModelName>?
    /// Prompts by role.
    public let prompts: [String: Located<BundlePath?>]
    /// Workflow definitions.
    public let workflows: Located<[Located<BundlePath>]>?
    /// Policies of tools.
    public let tools: [ToolName: Located<ToolPolicy?>]
    /// Plugins.
    public let plugins: Located<[Located<PluginName>]>?
    /// Declarations asked for.
    public let grants: Located<[Located<DeclarationName>]>?
    /// Files that the worker needs beside its prompts.
    public let assets: Located<[Located<BundlePath>]>?
    /// Settings that the engine understands.
    public let settings: [String: Located<SettingValue?>]
    /// Labels for people and inventories.
    public let labels: [String: Located<String?>]

    static let keys = [
        "extends", "label", "description", "engine", "model", "prompts", "workflows", "tools",
        "plugins", "grants", "assets", "settings", "labels",
    ]

    /// Reads a profile, reporting everything that is wrong; nil when it is no profile at all.
    package init?(yaml node: YamlNode, name: ProfileID, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .profile, keys: Self.keys, log: log)
        else { return nil }
        self.name = name
        extends = Self.extends(reader)
        label = reader.text("label")
        description = reader.text("description")
        engine = reader.id("engine", as: EngineID.self)
        model = reader.id("model", as: ModelName.self)
        prompts = reader.map("prompts", keys: { EntryName.read($0, of: "prompts", log: log) }) {
            ReferenceReader.path($0, for: "prompts", log: log)?.value
        }
        workflows = reader.list("workflows") {
            ReferenceReader.path($0, for: "workflows", log: log)
        }
        tools = reader.map("tools", keys: { EntryName.tool($0, log: log) }) {
            $0.word(for: "tools", as: ToolPolicy.self, log: log)
        }
        plugins = reader.list("plugins") { $0.id(for: "plugins", as: PluginName.self, log: log) }
        grants = reader.list("grants") {
            $0.id(for: "grants", as: DeclarationName.self, log: log)
        }
        assets = reader.list("assets") { ReferenceReader.path($0, for: "assets", log: log) }
        settings = reader.map("settings", keys: { EntryName.read($0, of: "settings", log: log) }) {
            SettingValue($0, for: "settings", log: log)
        }
        labels = reader.map("labels", keys: { EntryName.label($0, log: log) }) {
            $0.text(for: "labels", log: log, allowsEmpty: true)?.value
        }
    }

    private static func extends(_ reader: MappingReader) -> Located<ProfileReference>? {
        guard let entry = reader.entry("extends"),
            let text = entry.value.text(for: "extends", log: reader.log)
        else { return nil }
        do {
            return Located(try ProfileReference(text.value), at: entry.keyMark)
        } catch {
            reader.log.report(
                .invalidProfileSelector, "invalid-extends", at: text.mark,
                "'extends' names no profile: '\(DisplayText.excerpt(text.value))' \(error.problem)",
                hint: "write the name of a profile of this bundle, or builtin:<name>")
            return nil
        }
    }
}
