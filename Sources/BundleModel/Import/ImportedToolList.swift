/// The tools that an agent names.
struct ImportedToolList {
    /// Whether tools that are not named are excluded.
    private(set) var isExclusive = false
    /// The tools by name.
    private(set) var policies: [ToolName: ToolPolicy] = [:]
    /// The line of the list.
    private(set) var line: Int?

    /// Words that stand for every tool.
    private static let all: Set<String> = ["*", "all", "all tools"]

    /// Reads `tools`: a text with commas or blanks, a list, or a map to `true` and `false`.
    mutating func read(
        _ value: FrontMatterValue, at line: Int, of path: String, _ notes: inout [ImportNote]
    ) {
        self.line = line
        switch value {
        case .text(let text):
            if !Self.all.contains(text.lowercased()) { add(Self.split(text), path, &notes) }
        case .list(let items):
            if !items.contains(where: { Self.all.contains($0.lowercased()) }) {
                add(items, path, &notes)
            }
        case .map(let pairs):
            for pair in pairs { add(pair, path, &notes) }
        case .null, .other:
            notes.append(
                ImportNote(
                    .leftOut, path, line: line, "the key 'tools'",
                    because: "it is neither a text nor a list of names"))
        }
    }

    /// Reads `disallowedTools`.
    mutating func readDenied(
        _ value: FrontMatterValue, at line: Int, of path: String, _ notes: inout [ImportNote]
    ) {
        self.line = self.line ?? line
        let names: [String]
        switch value {
        case .text(let text): names = Self.split(text)
        case .list(let items): names = items
        case .map, .null, .other:
            notes.append(
                ImportNote(
                    .leftOut, path, line: line, "the key 'disallowedTools'",
                    because: "it is neither a text nor a list of names"))
            return
        }
        for text in names {
            if let name = ToolName(text) {
                policies[name] = .deny
            } else {
                notes.append(Self.notAName(text, path, line))
            }
        }
    }

    private mutating func add(_ names: [String], _ path: String, _ notes: inout [ImportNote]) {
        isExclusive = true
        for text in names {
            if let name = ToolName(text) {
                set(name, .allow)
            } else if let base = Self.restricted(text) {
                set(base, .ask)
                notes.append(
                    ImportNote(
                        .assumed, path, line: line, "the tool '\(text.prefix(64))'",
                        because: "a policy has no patterns; '\(base)' has to ask"))
            } else {
                notes.append(Self.notAName(text, path, line))
            }
        }
    }

    private mutating func add(
        _ pair: FrontMatterValue.Pair, _ path: String, _ notes: inout [ImportNote]
    ) {
        guard let name = ToolName(pair.key), pair.value == "true" || pair.value == "false" else {
            notes.append(Self.notAName(pair.key, path, line))
            return
        }
        policies[name] = pair.value == "true" ? .allow : .deny
    }

    /// The stricter of two policies stays.
    private mutating func set(_ name: ToolName, _ policy: ToolPolicy) {
        switch policies[name] {
        case .deny?: return
        case .ask? where policy == .allow: return
        default: policies[name] = policy
        }
    }

    /// The tool of `Bash(git:*)`.
    private static func restricted(_ text: String) -> ToolName? {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return nil }
        return ToolName(String(text[..<open]))
    }

    private static func notAName(_ text: String, _ path: String, _ line: Int?) -> ImportNote {
        ImportNote(
            .leftOut, path, line: line, "the tool '\(text.prefix(64))'",
            because: "it is not the name of a tool")
    }

    /// Splits at commas and blanks, but not inside parentheses.
    private static func split(_ text: String) -> [String] {
        var names: [String] = []
        var name = ""
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth <= 0, character == "," || character.isWhitespace {
                if !name.isEmpty { names.append(name) }
                name = ""
            } else {
                name.append(character)
            }
        }
        if !name.isEmpty { names.append(name) }
        return names
    }
}
