/// The id of a profile in its bundle, or a builtin profile.
public struct ProfileID: Identifier {
    /// What the id names, for messages.
    public static let noun = "profile"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
