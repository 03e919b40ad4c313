/// JSON as it was written, before anything is read out of it.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number in the words in which it was written.
    case number(String)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// What it is, for messages.
    var noun: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .text: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
