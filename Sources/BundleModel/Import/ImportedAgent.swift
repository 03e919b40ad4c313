/// An agent of an imported directory, as its file states it.
struct ImportedAgent {
    /// The path below the imported directory.
    let path: String
    /// The name as it is written, and its line.
    private(set) var name: Stated?
    /// A title for people.
    private(set) var title: String?
    private(set) var description: String?
    /// The model as it is written, and its line.
    private(set) var model: Stated?
    private(set) var tools = ImportedToolList()
    /// Settings with values that are numbers.
    private(set) var settings: [(key: String, number: String)] = []
    private(set) var color: String?
    /// The prompt, byte for byte.
    let body: [UInt8]

    /// A text and where it stands.
    struct Stated: Hashable {
        let text: String
        let line: Int
    }

    /// Instructions without front matter.
    init(instructions path: String, bytes: [UInt8]) {
        self.path = path
        body = bytes
    }

    /// Reads the keys of front matter; whatever has no place in a profile gets a note.
    init(path: String, frontMatter: FrontMatter, notes: inout [ImportNote]) {
        self.path = path
        body = frontMatter.body
        for problem in frontMatter.problems {
            notes.append(
                ImportNote(
                    problem.kind, path, line: problem.line, problem.what, because: problem.why))
        }
        for entry in frontMatter.entries { take(entry, &notes) }
        if body.isEmpty {
            notes.append(
                ImportNote(
                    .assumed, path, "the prompt",
                    because: "nothing stands below the front matter; the profile has no prompt"))
        }
    }

    private mutating func take(_ entry: FrontMatter.Entry, _ notes: inout [ImportNote]) {
        guard let value = Self.clean(entry, path, &notes) else { return }
        switch (entry.key, value) {
        case ("name", .text(let text)): name = Stated(text: text, line: entry.line)
        case ("title", .text(let text)): title = text
        case ("description", .text(let text)): description = text
        case ("model", .text(let text)):
            // The engine's own choice is what a profile without a model says.
            if text != "inherit" { model = Stated(text: text, line: entry.line) }
        case ("color", .text(let text)), ("colour", .text(let text)): color = text
        case ("maxTurns", .text(let text)) where Self.isNumber(text),
            ("temperature", .text(let text)) where Self.isNumber(text):
            settings.append((entry.key, text))
        case ("tools", let value):
            tools.read(value, at: entry.line, of: path, &notes)
        case ("disallowedTools", let value):
            tools.readDenied(value, at: entry.line, of: path, &notes)
        default:
            let isKnown = Self.keys.contains(entry.key)
            notes.append(
                ImportNote(
                    .leftOut, path, line: entry.line, "the key '\(Self.shown(entry.key))'",
                    because: isKnown
                        ? "its value is of another type than expected"
                        : "a profile has no such key"))
        }
    }

    private static let keys: Set<String> = [
        "name", "title", "description", "model", "color", "colour", "maxTurns", "temperature",
    ]

    /// Removes what no document may contain; nil when there is nothing to read.
    private static func clean(
        _ entry: FrontMatter.Entry, _ path: String, _ notes: inout [ImportNote]
    ) -> FrontMatterValue? {
        switch entry.value {
        case .null:
            notes.append(
                ImportNote(
                    .leftOut, path, line: entry.line, "the key '\(shown(entry.key))'",
                    because: "it has no value"))
            return nil
        case .text(let text) where text.unicodeScalars.contains(where: YamlCharacter.isControl):
            notes.append(
                ImportNote(
                    .leftOut, path, line: entry.line,
                    "control characters of '\(shown(entry.key))'",
                    because: "a document must not contain them"))
            let kept = text.unicodeScalars.filter { !YamlCharacter.isControl($0) }
            return .text(String(String.UnicodeScalarView(kept)))
        default: return entry.value
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        switch SettingValue(plainNumber: text) {
        case .integer, .number: true
        default: false
        }
    }

    private static func shown(_ key: String) -> String { String(key.prefix(64)) }
}
