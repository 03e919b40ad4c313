/// Somebody who published or released, as the commit names them.
public struct PersonDocument: Hashable, Sendable, Codable {
    /// The name.
    public let name: String
    /// The mail address.
    public let email: String

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case name, email
    }

    /// Creates the document out of its fields.
    public init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}
