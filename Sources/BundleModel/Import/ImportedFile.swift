/// What a file of an imported directory is.
enum ImportedFile {
    /// An agent: Markdown with front matter that names or describes it.
    case agent(FrontMatter)
    /// Instructions for any agent, without front matter.
    case instructions
    /// A file for people with a place at the top of a bundle.
    case top(String)
    /// Something else, and why it is no agent.
    case other(String)

    /// The name of a file with instructions.
    static let instructionsName = "AGENTS.md"

    /// Markdown for people, whatever stands at its head.
    private static let documentation: Set<String> = [
        "readme", "license", "licence", "copying", "changelog", "contributing", "code_of_conduct",
        "security", "notice",
    ]
    /// Directories and files of the same tools that have front matter of another meaning.
    private static let otherKinds = [
        "skills": "it is part of a skill, not an agent",
        "commands": "it is a command, not an agent",
        "output-styles": "it is an output style, not an agent",
    ]

    init(path: String, bytes: [UInt8]) {
        let parts = path.split(separator: "/").map(String.init)
        let name = parts.last ?? path
        let stem = name.prefix { $0 != "." }.lowercased()
        if parts.count == 1, let place = Self.topName(name), Self.isText(bytes) {
            self = .top(place)
            return
        }
        guard name.lowercased().hasSuffix(".md") else {
            self = .other("it is not Markdown")
            return
        }
        if Self.documentation.contains(stem) {
            self = .other("it is a document for people")
            return
        }
        if name == "SKILL.md" {
            self = .other("it is a skill, not an agent")
            return
        }
        if let why = parts.dropLast().compactMap({ Self.otherKinds[$0] }).first {
            self = .other(why)
            return
        }
        self = Self.markdown(name, bytes)
    }

    private static func markdown(_ name: String, _ bytes: [UInt8]) -> ImportedFile {
        if bytes.isEmpty { return .other("it is empty") }
        guard isText(bytes) else { return .other("it is not UTF-8 text") }
        switch FrontMatter.read(bytes) {
        case .found(let frontMatter):
            if frontMatter["name"] != nil || frontMatter["description"] != nil {
                return .agent(frontMatter)
            }
            return .other("its front matter has neither 'name' nor 'description'")
        case .absent:
            return name == instructionsName
                ? .instructions : .other("it has no front matter, so it is no agent")
        case .notClosed:
            return .other("its front matter has no closing '---'")
        case .tooLong:
            return .other("its front matter is over \(FrontMatter.maximumBytes) bytes")
        }
    }

    /// Prompts and files for people are UTF-8 without NUL.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        Utf8Text.firstInvalidByte(in: bytes) == nil && !bytes.contains(0)
    }

    private static func topName(_ name: String) -> String? {
        switch name.lowercased() {
        case "readme.md": "README.md"
        case "license", "licence": "LICENSE"
        default: nil
        }
    }
}
