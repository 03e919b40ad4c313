/// The name of a model configuration: its file in `models/` without the extension.
public struct ModelName: Identifier {
    /// What the id names, for messages.
    public static let noun = "model"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
