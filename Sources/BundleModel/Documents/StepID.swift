/// The id of a step in a workflow.
public struct StepID: Identifier {
    /// What the id names, for messages.
    public static let noun = "step"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
