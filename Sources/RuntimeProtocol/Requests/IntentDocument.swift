/// What a worker is for, in the words of whoever asks for it.
public struct IntentDocument: Hashable, Sendable, Codable {
    /// The text that the worker gets as its input; at most 1 MiB.
    public let input: String
    /// Labels for people and inventories; at most 64 of 256 bytes each.
    public let labels: [String: String]?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case input, labels
    }

    /// Creates the document out of its fields.
    public init(input: String, labels: [String: String]? = nil) {
        self.input = input
        self.labels = labels
    }
}
