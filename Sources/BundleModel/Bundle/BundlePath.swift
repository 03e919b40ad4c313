/// A path of a file inside a bundle, relative to its root, that is safe on every file system.
///
/// UTF-8 in NFC; components of at most 255 bytes, 512 bytes and 16 components in all; no control or
/// bidirectional characters, none of `\ : * ? " < > |`, no leading or trailing space, no trailing
/// dot, no Windows device name, nothing that a file system folds to a control name of Git, nothing
/// at the ends of a component that would be one character with the slash beside it.
public struct BundlePath: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    /// The path with `/` between its components.
    public let text: String

    /// Validates a path.
    public init(_ text: String) throws(PathProblem) {
        if let problem = PathRules.problem(with: text) { throw problem }
        self.text = text
    }

    /// The parts between the slashes; never empty.
    public var components: [String] {
        text.utf8.split(separator: 0x2F).map { String(Substring($0)) }
    }

    /// The last component.
    public var name: String {
        text.utf8.lastIndex(of: 0x2F).map { String(text[text.utf8.index(after: $0)...]) } ?? text
    }

    /// The name without its last extension.
    public var stem: String {
        let name = name
        guard let dot = name.utf8.lastIndex(of: 0x2E), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The last extension without its dot; empty when there is none.
    public var fileExtension: String {
        let name = name
        guard let dot = name.utf8.lastIndex(of: 0x2E), dot != name.startIndex else { return "" }
        return String(name[name.utf8.index(after: dot)...])
    }

    /// Whether ``fileExtension`` is this.
    func hasExtension(_ text: String) -> Bool {
        let path = self.text.utf8
        // The dot, and before it at least one byte of the name.
        guard path.count > text.utf8.count + 1,
            path.suffix(text.utf8.count).elementsEqual(text.utf8)
        else { return false }
        let head = path.dropLast(text.utf8.count)
        return head.last == 0x2E && head.dropLast().last != 0x2F
    }

    /// The first component when the path has more than one, else nil.
    public var topDirectory: String? {
        text.utf8.firstIndex(of: 0x2F).map { String(text[..<$0]) }
    }

    /// The path as text.
    public var description: String { text }

    /// Orders paths by their bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Reads a path from one text value.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the path as one text value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
