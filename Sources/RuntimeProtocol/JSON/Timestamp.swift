public import Foundation

/// A moment in UTC, to the millisecond: `2026-11-22T09:00:00.250Z`.
public struct Timestamp: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The moment.
    public let date: Date

    /// A moment; what is finer than a millisecond is left out.
    public init(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        self.date = Date(timeIntervalSince1970: milliseconds / 1000)
    }

    /// Reads the text; throws `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard
            let date = (try? Date(text, strategy: Self.style))
                ?? (try? Date(text, strategy: .iso8601))
        else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "it is no time of RFC 3339 in UTC")
        }
        self.init(date)
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The text.
    public var description: String { date.formatted(Self.style) }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
