/// Something that a profile asks for and the host policy does not give.
public struct DeniedGrantDocument: Hashable, Sendable, Codable {
    /// What was asked for, as the bundle names it.
    public let subject: String
    /// The declaration's name in the bundle, where there is one.
    public let declaration: String?
    /// Why it is denied; stable.
    public let reason: String
    /// The same in words.
    public let message: String

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case subject, declaration, reason, message
    }

    /// Creates the document out of its fields.
    public init(subject: String, declaration: String? = nil, reason: String, message: String) {
        self.subject = subject
        self.declaration = declaration
        self.reason = reason
        self.message = message
    }
}
