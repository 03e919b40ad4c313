/// Makes a bundle out of agents that are written as Markdown with YAML front matter.
///
/// The format is that of Claude Code's subagents (`name`, `description`, `model`, `tools`, `color`)
/// and of `AGENTS.md`, which has no front matter. Each agent becomes a profile and a prompt; the
/// prompt is the text below the front matter, byte for byte.
///
/// - `name` is brought into the grammar of ids; a name that changes, or `title`, is the label.
///   Where several agents have one name, all of them are named after their paths: none silently
///   stands for another when a file is added.
/// - `model: inherit` and no `model` leave the choice to the engine; another model becomes a file
///   in `models/`.
/// - Each tool that any agent names becomes a file in `tools/` with the policy `ask`: an agent
///   without a list may use all of them, as in the source, but asks first. Tools that an agent
///   lists are `allow`, because its author chose them for it; the others are `deny`, because such
///   a list excludes what it does not name. What a host grants is never widened by this.
/// - `color` becomes a label. `README.md` and `LICENSE` stay; other files go below `assets/`.
///
/// Everything else is in ``ImportResult/notes``.
public struct AgentImport {
    /// Converts the files of a directory, given by their paths relative to it.
    ///
    /// Pure and total: no file is read or written, nothing is thrown, and the order of the input
    /// does not matter. A result without profiles means that there was no agent.
    public static func convert(
        files: [(path: String, bytes: [UInt8])], workspace: WorkspaceID, bundle: BundleID
    ) -> ImportResult {
        var conversion = AgentImport(workspace: workspace, bundle: bundle)
        for file in files.sorted(by: { Self.precedes($0.path, $1.path) }) {
            conversion.take(file.path, file.bytes)
        }
        return conversion.finish()
    }

    private let workspace: WorkspaceID
    private let bundle: BundleID
    private var agents: [ImportedAgent] = []
    private var tree = ImportTree()
    private var notes: [ImportNote] = []
    private var paths: Set<String> = []

    private init(workspace: WorkspaceID, bundle: BundleID) {
        self.workspace = workspace
        self.bundle = bundle
    }

    /// Decides what a file is; agents are remembered, other files find their place at once.
    private mutating func take(_ path: String, _ bytes: [UInt8]) {
        guard paths.insert(PathRules.normalised(path)).inserted else {
            notes.append(
                ImportNote(.leftOut, path, "the file", because: "its path occurs twice"))
            return
        }
        guard bytes.count <= ContentLimits.standard.fileBytes else {
            notes.append(
                ImportNote(.leftOut, path, "the file", because: "it is over the limit of 8 MiB"))
            return
        }
        switch ImportedFile(path: path, bytes: bytes) {
        case .agent(let frontMatter):
            agents.append(ImportedAgent(path: path, frontMatter: frontMatter, notes: &notes))
        case .instructions:
            agents.append(ImportedAgent(instructions: path, bytes: bytes))
        case .top(let name):
            tree.add(bytes, as: name, from: path, notes: &notes)
        case .other(let why):
            if let place = tree.add(bytes, as: "assets/\(path)", from: path, notes: &notes) {
                notes.append(
                    ImportNote(.kept, path, "the file", because: "\(why); it is \(place)"))
            }
        }
    }

    private mutating func finish() -> ImportResult {
        let ids = AgentNames.assign(agents, bundle: bundle, notes: &notes)
        let models = ImportedModels(agents, notes: &notes)
        let tools = ImportedTools(agents, notes: &notes)
        var unique: [(id: ProfileID, agent: ImportedAgent)] = []
        for (id, agent) in zip(ids, agents) { unique.append((id, agent)) }
        unique.sort { $0.id < $1.id }

        for (id, agent) in unique {
            let prompt = agent.body.isEmpty ? nil : "prompts/\(id).md"
            if let prompt {
                tree.add(agent.body, as: prompt, from: agent.path, notes: &notes)
            }
            let profile = ImportedProfile(
                id: id, agent: agent, model: models.name(of: agent),
                tools: tools.policies(of: agent), prompt: prompt)
            tree.add(profile.yaml, as: "profiles/\(id).yaml", from: agent.path, notes: &notes)
        }
        for model in models.documents {
            tree.add(model.yaml, as: "models/\(model.name).yaml", from: model.path, notes: &notes)
        }
        for tool in tools.documents {
            tree.add(tool.yaml, as: "tools/\(tool.name).yaml", from: tool.path, notes: &notes)
        }
        tree.add(manifest(unique), as: "bundle.yaml", from: "bundle.yaml", notes: &notes)
        return ImportResult(
            files: tree.files, notes: notes.sorted(), profiles: unique.map(\.id))
    }

    /// The default profile is the only one, or the one of the `AGENTS.md` at the top; a collection
    /// of agents has none.
    private func manifest(_ agents: [(id: ProfileID, agent: ImportedAgent)]) -> [UInt8] {
        var yaml = YamlWriter(schema: "sheaf/bundle/v1")
        yaml.add("workspace", workspace.rawValue)
        yaml.add("bundle", bundle.rawValue)
        let main =
            agents.count == 1
            ? agents.first : agents.first { $0.agent.path == ImportedFile.instructionsName }
        if let main { yaml.add("defaultProfile", main.id.rawValue) }
        return yaml.bytes
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
