/// One `Key: value` line at the end of a commit message.
public struct Trailer: Hashable, Sendable, CustomStringConvertible {
    /// The key as it stands.
    public let key: String
    /// The value, unfolded to one line.
    public let value: String
    /// Whether the value was spread over several lines.
    public let isFolded: Bool

    /// Creates a trailer of one line.
    public init(_ key: String, _ value: String) {
        self.init(key: key, value: value, isFolded: false)
    }

    init(key: String, value: String, isFolded: Bool) {
        self.key = key
        self.value = value
        self.isFolded = isFolded
    }

    /// The line as it stands in a commit message.
    public var description: String { "\(key): \(value)" }
}
