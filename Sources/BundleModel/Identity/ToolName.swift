/// The name of a tool, wider than an id: `[A-Za-z0-9_][A-Za-z0-9_.:-]{0,127}`.
///
/// Names of tools come from engines and from plugin servers, e.g. `mcp__tickets__search`.
public struct ToolName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name as text.
    public let rawValue: String

    /// Validates a text; nil when it is not a tool name.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 128, Self.isWord(first),
            bytes.allSatisfy({ Self.isWord($0) || $0 == 0x2E || $0 == 0x3A || $0 == 0x2D })
        else { return nil }
        rawValue = text
    }

    /// The name as text.
    public var description: String { rawValue }

    /// Orders names by their bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
            || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
    }
}
