/// `tools/<name>.yaml`: a tool and its policy for every profile that says nothing else.
public struct ToolDocument: Hashable, Sendable {
    /// The file's name without its extension.
    public let name: ToolName
    /// What the tool does.
    public let description: String?
    /// The policy; a profile's own entry stands before it.
    public let policy: Located<ToolPolicy>
    /// The plugin that provides the tool.
    public let plugin: Located<PluginName>?

    /// Reads a tool, reporting everything that is wrong; nil when there is no policy.
    package init?(yaml node: YamlNode, name: ToolName, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .tool, keys: ["description", "policy", "plugin"],
                log: log)
        else { return nil }
        self.name = name
        description = reader.text("description")?.value
        plugin = reader.entry("plugin")?.value.id(for: "plugin", as: PluginName.self, log: log)
        guard let entry = reader.required("policy", hint: "add 'policy: allow', 'ask' or 'deny'"),
            let policy = entry.value.word(for: "policy", as: ToolPolicy.self, log: log)
        else { return nil }
        self.policy = Located(policy, at: entry.keyMark)
    }
}
