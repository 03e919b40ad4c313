/// The tools of all agents together, and what each agent may do with each of them.
struct ImportedTools {
    /// A file in `tools/`.
    struct Document {
        let name: ToolName
        /// The first agent that names the tool.
        let path: String

        var yaml: [UInt8] {
            var yaml = YamlWriter(schema: "sheaf/tool/v1")
            yaml.add("policy", ToolPolicy.ask.rawValue)
            return yaml.bytes
        }
    }

    private(set) var documents: [Document] = []
    private let names: [ToolName]

    init(_ agents: [ImportedAgent], notes: inout [ImportNote]) {
        var first: [ToolName: ImportedAgent] = [:]
        for agent in agents {
            for name in agent.tools.policies.keys where first[name] == nil { first[name] = agent }
        }
        names = first.keys.sorted()
        var taken: Set<String> = []
        for name in names {
            guard let agent = first[name] else { continue }
            let place = try? BundlePath("tools/\(name).yaml")
            if let place, taken.insert(PathRules.collisionKey(place.text)).inserted {
                documents.append(Document(name: name, path: agent.path))
            } else {
                notes.append(
                    ImportNote(
                        .assumed, agent.path, line: agent.tools.line, "the tool '\(name)'",
                        because: "no file in tools/ can have its name, so only the profiles of "
                            + "agents with a list of tools state its policy"))
            }
        }
        for agent in agents where agent.tools.isExclusive && names.isEmpty {
            notes.append(
                ImportNote(
                    .assumed, agent.path, line: agent.tools.line, "the key 'tools'",
                    because: "no agent names a tool, so there is none to deny"))
        }
    }

    /// What the profile of an agent says about tools.
    func policies(of agent: ImportedAgent) -> [(name: ToolName, policy: ToolPolicy)] {
        names.compactMap { name in
            if let policy = agent.tools.policies[name] { return (name, policy) }
            return agent.tools.isExclusive ? (name, .deny) : nil
        }
    }
}
