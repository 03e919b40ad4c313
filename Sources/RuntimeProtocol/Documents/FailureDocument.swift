/// An error inside an answer.
public struct FailureDocument: Hashable, Sendable, Codable {
    /// The stable code.
    public let code: String
    /// What happened.
    public let message: String

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case code, message
    }

    /// Creates the document out of its fields.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
