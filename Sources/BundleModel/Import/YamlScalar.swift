/// How a text is written in YAML so that it is read back as that text.
///
/// Everything is decided by bytes and code points: a character of Swift may hold a space and an
/// accent, and YAML sees the space.
struct YamlScalar {
    private static let words: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n",
    ]
    private static let space: UInt8 = 0x20
    private static let tab: UInt8 = 0x09
    private static let lineFeed: UInt8 = 0x0A

    private let text: String
    private let bytes: [UInt8]
    /// Whether a character must not stand in a document as it is.
    private let hasEscapes: Bool

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        hasEscapes = text.unicodeScalars.contains(where: Self.isEscaped)
    }

    /// The text in one line: itself where no reader of YAML can take it for anything else,
    /// otherwise in double quotes.
    var inline: String { isPlain ? text : quoted }

    /// The lines of a literal block, `|`, and whether the last of them has a line end; nil when
    /// the text cannot stand there or has only one line.
    var literalLines: (lines: [String], endsLine: Bool)? {
        guard !hasEscapes, bytes.contains(Self.lineFeed), let first = bytes.first,
            first != Self.space, first != Self.tab, first != Self.lineFeed
        else { return nil }
        var lines = bytes.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
        let endsLine = lines.last?.isEmpty == true
        if endsLine { lines.removeLast() }
        // An empty line at the end needs another indicator, and editors strip blanks from a line
        // that has nothing else.
        guard lines.last?.isEmpty == false,
            lines.allSatisfy({ $0.isEmpty || !$0.allSatisfy(Self.isBlank) })
        else { return nil }
        return (lines.map { String(decoding: $0, as: UTF8.self) }, endsLine)
    }

    /// The words between single spaces, for a folded block, `>`, where a line end is read as one
    /// space; nil when the text cannot stand there.
    var foldableWords: [String]? {
        guard !hasEscapes, !bytes.contains(Self.lineFeed), !bytes.contains(Self.tab) else {
            return nil
        }
        let words = bytes.split(separator: Self.space, omittingEmptySubsequences: false)
        guard words.allSatisfy({ !$0.isEmpty }) else { return nil }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }

    private var isPlain: Bool {
        guard !hasEscapes, let first = text.unicodeScalars.first,
            first == "_" || Self.isDigit(first) || first.properties.isAlphabetic,
            !bytes.contains(Self.tab), !bytes.contains(Self.lineFeed),
            bytes.last != Self.space, bytes.last != 0x3A, !Self.words.contains(text.lowercased())
        else { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            if byte == 0x3A, next == Self.space { return false }
            if byte == Self.space, next == 0x23 { return false }
        }
        return !looksLikeNumber
    }

    /// Whether some notation of numbers, dates or times has such characters only.
    private var looksLikeNumber: Bool {
        guard let first = text.unicodeScalars.first, Self.isDigit(first) else { return false }
        return !text.unicodeScalars.contains {
            $0.properties.isAlphabetic && !"abcdefxoABCDEFXOTZtz".unicodeScalars.contains($0)
        }
    }

    private var quoted: String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case "\n": written += "\\n"
            case "\t": written += "\\t"
            case "\r": written += "\\r"
            default:
                if Self.isEscaped(scalar) {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
                    written += "\\u\(zeros)\(digits)"
                } else {
                    written.unicodeScalars.append(scalar)
                }
            }
        }
        return written + "\""
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// Characters that must not stand in a document as they are, and the end of a line that only
    /// some readers see.
    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\r" || YamlCharacter.problem(with: scalar) != nil
    }
}
