/// The models that agents name.
struct ImportedModels {
    /// A file in `models/`.
    struct Document {
        let name: ModelName
        let provider: String
        let model: String
        /// The first agent that names the model.
        let path: String

        var yaml: [UInt8] {
            var yaml = YamlWriter(schema: "sheaf/model/v1")
            yaml.add("provider", provider)
            yaml.add("model", model)
            return yaml.bytes
        }
    }

    private(set) var documents: [Document] = []
    private var names: [String: ModelName] = [:]

    init(_ agents: [ImportedAgent], notes: inout [ImportNote]) {
        var first: [String: ImportedAgent] = [:]
        for agent in agents {
            if let text = agent.model?.text, first[text] == nil { first[text] = agent }
        }
        let texts = first.keys.sorted()
        var uses: [String: Int] = [:]
        for text in texts { uses[NameText.identifier(text) ?? "", default: 0] += 1 }
        for text in texts {
            guard let agent = first[text] else { continue }
            let plain = NameText.identifier(text) ?? ""
            let isUnique = !plain.isEmpty && uses[plain] == 1
            let id = isUnique ? plain : NameText.numbered(plain, otherwise: "model", by: text)
            guard let name = try? ModelName(id) else { continue }
            names[text] = name
            let (provider, model, isKnown) = Self.provider(of: text)
            documents.append(
                Document(name: name, provider: provider, model: model, path: agent.path))
            if !isKnown {
                notes.append(
                    ImportNote(
                        .assumed, agent.path, line: agent.model?.line,
                        "the model '\(text.prefix(64))'",
                        because: "nothing says whose it is; the provider is '\(provider)'"))
            }
        }
    }

    /// The name of an agent's model; nil when the choice is the engine's.
    func name(of agent: ImportedAgent) -> ModelName? {
        agent.model.flatMap { names[$0.text] }
    }

    /// The provider of a model: written before a slash, known by the model's name, or the one
    /// whose agents have this format.
    private static func provider(
        of text: String
    ) -> (provider: String, model: String, isKnown: Bool) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, NameText.identifier(parts[0]) == parts[0] {
            return (parts[0], parts[1], true)
        }
        let known: [(provider: String, starts: [String])] = [
            ("anthropic", ["claude", "sonnet", "opus", "haiku"]),
            ("openai", ["gpt-", "chatgpt", "codex", "o1", "o3", "o4"]),
            ("google", ["gemini"]),
        ]
        let name = text.lowercased()
        for (provider, starts) in known where starts.contains(where: name.hasPrefix) {
            return (provider, text, true)
        }
        return ("anthropic", text, false)
    }
}
