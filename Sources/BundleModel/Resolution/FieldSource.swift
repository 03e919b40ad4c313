/// Where one field of a resolved profile came from, and what it replaced.
public struct FieldSource: Hashable, Sendable {
    /// The field: `engine`, or a key of a map such as `prompts.system`.
    public let field: String
    /// Where its value stands.
    public let origin: FieldOrigin
    /// Where the values stand that it replaced, the nearest first.
    public let overrode: [FieldOrigin]
    /// Whether `null` removed the field, so that the resolved profile does not have it.
    public let isRemoved: Bool
}
