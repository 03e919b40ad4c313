/// Who made a commit, as Git records it.
public struct Person: Hashable, Sendable, Codable {
    /// The name.
    public let name: String
    /// The mail address.
    public let email: String

    /// Creates a person.
    public init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}
