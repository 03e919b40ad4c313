/// What a file holds, as far as the boundary reads it differently.
enum TextKind: Hashable, Sendable {
    /// Scalars under keys: YAML, JSON (also lines of it), TOML, `.env` and INI files.
    case yaml, json, toml, settings
    /// Settings of Java, where a colon or a blank ends a key as well.
    case properties
    /// Prose with code fences, and perhaps front matter in YAML.
    case markdown
    /// Source code and scripts.
    case code
    /// Any other text, and bytes that are no text.
    case plain

    /// Whether values stand under keys, so that the rules for values apply.
    var isStructured: Bool {
        switch self {
        case .yaml, .json, .toml, .settings, .properties: true
        case .markdown, .code, .plain: false
        }
    }
}
