/// The id of a Git commit: 40 lowercase hex digits.
public struct CommitID: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    /// The id as 40 lowercase hex digits.
    public let hex: String

    /// Validates a text; nil when it is not a whole commit id.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 40, text.utf8.allSatisfy(Hex.isLowercaseDigit) else { return nil }
        hex = String(text)
    }

    /// The id as 40 lowercase hex digits.
    public var description: String { hex }

    /// The first ten digits, for people.
    public var short: String { String(hex.prefix(10)) }

    /// Orders ids by their digits.
    public static func < (left: Self, right: Self) -> Bool {
        left.hex.utf8.lexicographicallyPrecedes(right.hex.utf8)
    }

    /// Reads an id from one text value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = CommitID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a commit id has 40 lowercase hex digits")
        }
        self = id
    }

    /// Writes the id as one text value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
