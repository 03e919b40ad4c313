/// What a file is by its place in a bundle.
enum BundleFileKind: Hashable, Sendable {
    case manifest
    case profile(ProfileID)
    case tool(ToolName)
    case model(ModelName)
    case plugin(PluginName)
    case declaration(DeclarationName)
    case workflow
    /// Markdown or another text for people or models.
    case text
    case asset

    /// Whether the file holds a YAML document with a schema.
    var isDocument: Bool { self != .text && self != .asset }

    private static let directories = [
        "profiles", "prompts", "workflows", "tools", "models", "plugins", "policies", "assets",
    ]
    private static let files = ["bundle.yaml", "README.md", "LICENSE"]

    /// Reads the kind from a path; throws a finding when the place or the name is not supported.
    init(_ path: BundlePath) throws(LayoutProblem) {
        guard let directory = path.topDirectory else {
            switch path.text {
            case "bundle.yaml": self = .manifest
            case "README.md", "LICENSE": self = .text
            default: throw Self.unknownEntry(path.text, path)
            }
            return
        }
        switch directory {
        case "assets": self = .asset
        case "prompts":
            if !path.hasExtension("md") { throw Self.otherExtension(["md"], path) }
            self = .text
        case "workflows":
            if path.hasExtension("md") {
                self = .text
            } else if path.hasExtension("yaml") {
                self = .workflow
            } else {
                throw Self.otherExtension(["md", "yaml"], path)
            }
        case "profiles": self = .profile(try Self.name(path, ProfileID.init))
        case "models": self = .model(try Self.name(path, ModelName.init))
        case "plugins": self = .plugin(try Self.name(path, PluginName.init))
        case "policies": self = .declaration(try Self.name(path, DeclarationName.init))
        case "tools":
            try Self.requireDocument(path)
            guard let name = ToolName(path.stem) else {
                throw LayoutProblem(
                    .malformedBundle, "invalid-file-name", path,
                    "the file name is not the name of a tool",
                    hint: "use letters, digits, '_', '.' and '-'")
            }
            self = .tool(name)
        default: throw Self.unknownEntry(directory, path)
        }
    }

    private static func name<ID: Identifier>(
        _ path: BundlePath, _ make: (String) throws(IdentifierError) -> ID
    ) throws(LayoutProblem) -> ID {
        try requireDocument(path)
        do {
            return try make(path.stem)
        } catch {
            throw LayoutProblem(
                .malformedBundle, "invalid-file-name", path,
                "the file name is not the id of a \(ID.noun): it \(error.problem)",
                hint: "use lowercase letters, digits, '.', '_' and '-'")
        }
    }

    private static func requireDocument(_ path: BundlePath) throws(LayoutProblem) {
        if !path.hasExtension("yaml") { throw otherExtension(["yaml"], path) }
        guard path.text.utf8.count(where: { $0 == 0x2F }) == 1 else {
            throw LayoutProblem(
                .unsupportedDeclaration, "unsupported-entry", path,
                "files in directories below '\(path.topDirectory ?? "")/' are not supported",
                hint: "move the file up into '\(path.topDirectory ?? "")/'")
        }
    }

    private static func otherExtension(
        _ extensions: [String], _ path: BundlePath
    ) -> LayoutProblem {
        let supported = extensions.map { "'.\($0)'" }.joined(separator: " and ")
        return LayoutProblem(
            .unsupportedDeclaration, "unsupported-entry", path,
            "only \(supported) files are supported in '\(path.topDirectory ?? "")/'",
            hint: path.fileExtension == "yml"
                ? "rename it to '\(path.stem).yaml'" : "other files belong into 'assets/'")
    }

    private static func unknownEntry(_ name: String, _ path: BundlePath) -> LayoutProblem {
        let isFile = path.topDirectory == nil
        return LayoutProblem(
            .unsupportedDeclaration, "unsupported-entry", path,
            "the \(isFile ? "file" : "directory") is not supported at the top of a bundle",
            hint: Suggestion.hint(
                for: name, among: isFile ? files + directories : directories,
                otherwise: "supported: bundle.yaml, README.md, LICENSE and the directories "
                    + directories.joined(separator: ", ")))
    }
}

/// Why a file cannot be where it is.
struct LayoutProblem: Error {
    let finding: Finding

    init(
        _ code: SheafError.Code, _ rule: String, _ path: BundlePath, _ message: String,
        hint: String?
    ) {
        finding = Finding(code: code, rule: rule, path: path.text, message: message, hint: hint)
    }
}
