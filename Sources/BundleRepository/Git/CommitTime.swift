public import Foundation

/// When a commit was made: a second, and the offset of the clock that it was read from.
public struct CommitTime: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// Minutes east of UTC.
    public let offsetMinutes: Int

    /// Creates a time.
    public init(seconds: Int64, offsetMinutes: Int) {
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// The same instant.
    public var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    /// RFC 3339 text in the commit's own offset, e.g. `2026-11-22T18:00:00+09:00`.
    public var description: String {
        var style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon)
        if let zone = TimeZone(secondsFromGMT: offsetMinutes * 60) { style.timeZone = zone }
        return date.formatted(style)
    }

    /// Orders times by their instant.
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// Reads a time from RFC 3339 text; the offset becomes that of UTC.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let date = try Date(text, strategy: .iso8601)
        self.init(seconds: Int64(date.timeIntervalSince1970), offsetMinutes: 0)
    }

    /// Writes the time as RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
