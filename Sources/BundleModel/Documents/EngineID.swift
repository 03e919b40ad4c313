/// The id of an engine, which a host policy maps to a command.
public struct EngineID: Identifier {
    /// What the id names, for messages.
    public static let noun = "engine"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
