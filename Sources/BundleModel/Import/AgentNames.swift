/// Gives every agent an id of its own.
///
/// The same files get the same ids in any order. Where several agents would share an id, each of
/// them moves on to its next choice, so that none of them stands for the others.
enum AgentNames {
    /// Directories that say what a file is, not whose it is.
    private static let generic: Set<String> = [
        "agents", ".claude", "plugins", "profiles", "subagents", ".opencode", "agent",
    ]

    /// The ids of agents, in their order.
    static func assign(
        _ agents: [ImportedAgent], bundle: BundleID, notes: inout [ImportNote]
    ) -> [ProfileID] {
        let choices = agents.map { Self.choices(for: $0, bundle: bundle) }
        var chosen = [Int](repeating: 0, count: agents.count)
        var isSettled = false
        while !isSettled {
            isSettled = true
            var users: [ProfileID: [Int]] = [:]
            for index in agents.indices {
                users[choices[index][chosen[index]], default: []] += [index]
            }
            for sharing in users.values where sharing.count > 1 {
                for index in sharing where chosen[index] + 1 < choices[index].count {
                    chosen[index] += 1
                    isSettled = false
                }
            }
        }
        let ids = agents.indices.map { choices[$0][chosen[$0]] }
        for (index, agent) in agents.enumerated() {
            if let note = note(agent, id: ids[index], wasTaken: chosen[index] > 0) {
                notes.append(note)
            }
        }
        return ids
    }

    /// The ids that an agent may have: its name, its file, more and more of its path, and at last
    /// one that only its path gives.
    private static func choices(for agent: ImportedAgent, bundle: BundleID) -> [ProfileID] {
        let parts = agent.path.split(separator: "/").map(String.init)
        var directories = parts.dropLast().filter { !generic.contains($0) }
        var texts: [String] = []
        if let name = agent.name?.text {
            texts.append(name)
        }
        var stem: String
        if parts.last == ImportedFile.instructionsName, agent.name == nil {
            stem = directories.popLast() ?? bundle.rawValue
        } else {
            stem = parts.last.map(withoutExtension) ?? agent.path
        }
        texts.append(stem)
        for directory in directories.reversed() {
            stem = "\(directory)-\(stem)"
            texts.append(stem)
        }
        var ids: [ProfileID] = []
        for text in texts {
            if let id = NameText.identifier(text).flatMap({ try? ProfileID($0) }),
                !ids.contains(id)
            {
                ids.append(id)
            }
        }
        let last = NameText.numbered(
            ids.first?.rawValue ?? "", otherwise: "agent", by: agent.path)
        if let id = try? ProfileID(last) { ids.append(id) }
        return ids
    }

    private static func withoutExtension(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    private static func note(
        _ agent: ImportedAgent, id: ProfileID, wasTaken: Bool
    ) -> ImportNote? {
        guard let name = agent.name else {
            return ImportNote(
                .assumed, agent.path, "the name",
                because: "the file states none; the profile is '\(id)'")
        }
        if name.text == id.rawValue { return nil }
        let why =
            wasTaken ? "it is not the only agent of this name" : "it is not the id of a profile"
        return ImportNote(
            .renamed, agent.path, line: name.line, "the name '\(name.text.prefix(64))'",
            because: "\(why); the profile is '\(id)' with the name as its label")
    }
}
