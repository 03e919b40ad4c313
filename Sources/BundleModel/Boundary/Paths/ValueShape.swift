/// How a value is to be read: as paths and command lines, as prose, or as a pattern.
struct ValueShape {
    var context: ValueContext
    let isKey: Bool
    /// A sentence, or lines of them: the rules for prose hold.
    let isProse: Bool
    /// A regular expression, a substitution or the like, which names no path.
    let isPattern: Bool
    /// Whether it is one word, so that it is a reference as a whole.
    let isOneWord: Bool

    init(
        _ text: Span<UInt8>, _ style: ScannedValue.Style, _ context: ValueContext,
        _ rules: HostPathRules
    ) {
        var context = context
        isKey = style == .key
        let words = Words(text)
        isOneWord = words.count == 1
        isProse = isKey || Self.isProse(words, &context, rules)
        isPattern = Self.isPattern(text, context)
        self.context = context
    }

    /// What counts in the words of a text.
    private struct Words {
        var count = 0
        var mostInLine = 0
        var lines = 1
        var hasFlag = false
        var startsWithPath = false

        init(_ text: Span<UInt8>) {
            var inLine = 0
            var previous: UInt8 = 0x20
            for index in text.indices {
                let byte = text[index]
                let isSpace = TextByte.isSpace(byte)
                if byte == 0x0A, index + 1 < text.count {
                    lines += 1
                    inLine = 0
                }
                if !isSpace, TextByte.isSpace(previous) {
                    count += 1
                    inLine += 1
                    mostInLine = max(mostInLine, inLine)
                    if byte == 0x2D, index + 1 < text.count {
                        let next = text[index + 1]
                        hasFlag = hasFlag || next == 0x2D || TextByte.isLetter(next)
                    }
                    if count == 1 {
                        startsWithPath = byte == 0x2F || byte == 0x7E || byte == 0x24
                    }
                }
                previous = byte
            }
        }
    }

    private static func isProse(
        _ words: Words, _ context: inout ValueContext, _ rules: HostPathRules
    ) -> Bool {
        if words.count < 2 { return false }
        if words.lines > 1 { return words.mostInLine > 2 }
        if context.isProse { return true }
        if words.hasFlag || words.startsWithPath || context.place(rules) == .host { return false }
        return words.count > 3
    }

    private static func isPattern(_ text: Span<UInt8>, _ context: ValueContext) -> Bool {
        guard text.count > 0 else { return false }
        let (first, last) = (text[0], text[text.count - 1])
        if isWindowsPath(text) { return false }
        if first == 0x5E || last == 0x24 { return true }
        if isSubstitution(text) { return true }
        if first == 0x2F, context.isPattern, text.lastIndex(of: 0x2F) != 0 {
            let end = text.extracting(last: 8)
            let flags = end.extracting(droppingFirst: end.firstIndex(of: 0x2F).map { $0 + 1 } ?? 8)
            if flags.allSatisfy(TextByte.isLetter) { return true }
        }
        let bytes = text.extracting(first: PathToken.longest)
        for index in bytes.indices.dropFirst() where isPattern(bytes[index - 1], bytes[index]) {
            return true
        }
        return false
    }

    /// `\d`, `\D`, `\/`, `(?`, `[^`, `.+`, `)?`, `)$`, `]+`, `]*`
    private static func isPattern(_ previous: UInt8, _ byte: UInt8) -> Bool {
        switch previous {
        case 0x5C: byte == 0x64 || byte == 0x44 || byte == 0x2F
        case 0x28: byte == 0x3F
        case 0x5B: byte == 0x5E
        case 0x2E: byte == 0x2B
        case 0x29: byte == 0x3F || byte == 0x24
        case 0x5D: byte == 0x2B || byte == 0x2A
        default: false
        }
    }

    /// `C:\x`, `\\.\x`, `\\server\share`: what looks like `\d` in it is the start of a name.
    private static func isWindowsPath(_ text: Span<UInt8>) -> Bool {
        guard text.count > 3 else { return false }
        if TextByte.isLetter(text[0]), text[1] == 0x3A { return text[2] == 0x5C }
        guard text[0] == 0x5C, text[1] == 0x5C else { return false }
        let rest = text.extracting(droppingFirst: 2)
        guard let end = rest.firstIndex(of: 0x5C) else { return false }
        let server = rest.extracting(first: end)
        if server.equals(".") || server.equals("?") { return true }
        return server.count > 1
            && server.allSatisfy {
                TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x24 || $0 == 0x40
            }
    }

    /// `s/a/b/g`, `s|a|b|`, `y/a/b/`.
    private static func isSubstitution(_ text: Span<UInt8>) -> Bool {
        guard text.count > 4, text[0] == 0x73 || text[0] == 0x79 else { return false }
        let mark = text[1]
        guard mark == 0x2F || mark == 0x7C || mark == 0x23 || mark == 0x2C else { return false }
        var count = 0
        for index in text.indices where text[index] == mark { count += 1 }
        return count == 3
    }
}
