/// The id of a workspace, the unit of ownership; one bare repository each.
public struct WorkspaceID: Identifier {
    /// What the id names, for messages.
    public static let noun = "workspace"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
