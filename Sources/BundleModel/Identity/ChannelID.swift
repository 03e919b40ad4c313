/// The id of a channel, a named line of releases of a bundle.
public struct ChannelID: Identifier {
    /// What the id names, for messages.
    public static let noun = "channel"
    /// The id as text.
    public let rawValue: String

    /// Validates a text: `[a-z0-9]` at both ends, `[a-z0-9._-]` between, at most 64 characters.
    public init(_ text: String) throws(IdentifierError) {
        rawValue = try Self.validated(text)
    }
}
