/// Something about an imported file that its author should know.
///
/// Nothing is lost silently: whatever does not reach the bundle as it was has a note.
public struct ImportNote: Hashable, Sendable, Codable {
    /// What became of it.
    public enum Kind: String, CaseIterable, Sendable, Hashable, Codable {
        /// It is not in the bundle.
        case leftOut = "left_out"
        /// It is in the bundle as a plain file and has no effect on any profile.
        case kept
        /// It is in the bundle under another name.
        case renamed
        /// It is in the bundle, read in a way that the file does not state in so many words.
        case assumed
    }

    /// The path below the imported directory, escaped for display.
    public let path: String
    /// The line, counted from 1.
    public let line: Int?
    /// What became of it.
    public let kind: Kind
    /// What it is: a key, a tool, the file.
    public let what: String
    /// Why, and what stands in its place.
    public let why: String

    init(_ kind: Kind, _ path: String, line: Int? = nil, _ what: String, because why: String) {
        self.kind = kind
        self.path = DisplayText.escape(path)
        self.line = line
        self.what = DisplayText.escape(what)
        self.why = DisplayText.escape(why)
    }

    /// `file:line`, as far as the line is known.
    public var location: String {
        line.map { "\(path):\($0)" } ?? path
    }
}

extension ImportNote: Comparable {
    /// Orders notes by file and line.
    public static func < (left: ImportNote, right: ImportNote) -> Bool {
        if left.path != right.path {
            return left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
        }
        return (left.line ?? 0, left.what, left.why) < (right.line ?? 0, right.what, right.why)
    }
}

extension ImportNote: CustomStringConvertible {
    /// `file:line: what: why`.
    public var description: String { "\(location): \(what): \(why)" }
}
