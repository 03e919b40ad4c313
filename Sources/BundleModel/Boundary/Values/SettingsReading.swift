/// The value of a line in a settings file without its quotes and the comment behind it.
struct SettingsReading {
    private(set) var literal: [UInt8]
    /// The value with escapes undone, where that makes a difference.
    private(set) var decoded: [UInt8]?
    private(set) var isQuoted = false
    /// Where a comment stands behind the value.
    private(set) var comment: Range<Int>?

    /// Nil for a value that is exactly what is written.
    init?(_ text: [UInt8]) {
        guard let first = text.first else { return nil }
        literal = text
        if first == 0x22 || first == 0x27 || first == 0x60 {
            readQuoted(text, first)
        } else if let hash = Self.commentStart(text) {
            comment = (hash + 1)..<text.count
            var end = hash
            while end > 0, TextByte.isBlank(text[end - 1]) { end -= 1 }
            literal = Array(text[..<end])
        }
        if first != 0x27 { decoded = Self.decoding(literal) }
        if comment == nil, !isQuoted, decoded == nil { return nil }
    }

    private mutating func readQuoted(_ text: [UInt8], _ quote: UInt8) {
        var end = 1
        while end < text.count, text[end] != quote {
            end += text[end] == 0x5C && quote == 0x22 ? 2 : 1
        }
        if end < text.count {
            var behind = end + 1
            while behind < text.count, TextByte.isBlank(text[behind]) { behind += 1 }
            if behind < text.count {
                guard text[behind] == 0x23 || text[behind] == 0x3B else { return }
                comment = (behind + 1)..<text.count
            }
        }
        isQuoted = true
        literal = Array(text[1..<min(end, text.count)])
    }

    private static func commentStart(_ text: [UInt8]) -> Int? {
        for index in text.indices.dropFirst()
        where text[index] == 0x23 && TextByte.isBlank(text[index - 1]) {
            return index
        }
        return text.first == 0x23 ? 0 : nil
    }

    /// The value as `.properties` and quotes of `.env` read it; nil when it has no escape.
    static func decoding(_ text: [UInt8]) -> [UInt8]? {
        guard text.contains(0x5C) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == 0x5C else {
                result.append(text[index])
                index += 1
                continue
            }
            if let escape = TextEscape(text, at: index, end: text.count) {
                result += escape.bytes
                index += escape.length
            } else {
                index += 1
            }
        }
        return result == text ? nil : result
    }
}
