/// The profile of an imported agent as a document.
struct ImportedProfile {
    let id: ProfileID
    let agent: ImportedAgent
    let model: ModelName?
    let tools: [(name: ToolName, policy: ToolPolicy)]
    let prompt: String?

    /// The document's bytes.
    var yaml: [UInt8] {
        var yaml = YamlWriter(schema: "sheaf/profile/v1")
        if let label { yaml.add("label", label) }
        if let description = agent.description { yaml.add("description", description) }
        if let model { yaml.add("model", model.rawValue) }
        if let prompt { yaml.add("prompts", [("system", prompt)]) }
        yaml.add("tools", tools.map { ($0.name.rawValue, $0.policy.rawValue) })
        yaml.add("settings", numbers: agent.settings)
        if let color = agent.color { yaml.add("labels", [("color", color)]) }
        return yaml.bytes
    }

    /// What people call the agent, where its id does not say it.
    private var label: String? {
        if let title = agent.title { return title }
        guard let name = agent.name?.text, name != id.rawValue else { return nil }
        return name
    }
}
