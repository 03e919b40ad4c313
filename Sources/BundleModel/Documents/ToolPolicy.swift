/// What a worker may do with a tool.
public enum ToolPolicy: String, CaseIterable, Sendable, Hashable, Codable {
    /// Use it without asking.
    case allow
    /// Ask a person before each use.
    case ask
    /// Never use it.
    case deny
}
