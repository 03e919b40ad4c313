/// Scalars in quotes.
extension YamlParser {
    /// Reads a scalar in single or double quotes, folding its lines as YAML does.
    ///
    /// Further lines are indented deeper than the parent; nil where indentation does not count.
    mutating func parseQuoted(parentIndent: Int?) throws(YamlSyntaxError) -> String {
        let start = position
        let quote = peek()
        var text: [UInt8] = []
        position += 1
        while true {
            guard position < bytes.count else {
                throw YamlSyntaxError(
                    at: start, "a quote that starts here is never closed")
            }
            let byte = peek()
            if byte == quote {
                position += 1
                guard quote == 0x27, peek() == quote else { break }
                text.append(quote)
                position += 1
            } else if quote == 0x22, byte == 0x5C {
                try parseEscape(into: &text, parentIndent: parentIndent)
            } else if Self.isBlank(byte) || Self.isBreak(byte) {
                try foldQuotedSpace(into: &text, parentIndent: parentIndent)
            } else {
                text.append(byte)
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Takes over blanks inside a line; blanks around a line end fold with it.
    private mutating func foldQuotedSpace(
        into text: inout [UInt8], parentIndent: Int?
    ) throws(YamlSyntaxError) {
        let start = position
        skipBlanks()
        guard Self.isBreak(peek()) else {
            text += bytes[start..<position]
            return
        }
        let breaks = try skipQuotedBreaks(parentIndent: parentIndent)
        if breaks == 1 {
            text.append(0x20)
        } else {
            text += repeatElement(0x0A, count: breaks - 1)
        }
    }

    /// Moves over line ends, empty lines and indentation; returns how many line ends there were.
    private mutating func skipQuotedBreaks(parentIndent: Int?) throws(YamlSyntaxError) -> Int {
        var breaks = 0
        var lineStart = position
        while Self.isBreak(peek()) {
            skipBreak()
            breaks += 1
            lineStart = position
            skipBlanks()
        }
        let spaces = bytes[lineStart..<position].prefix { $0 == 0x20 }.count
        if let parentIndent, position < bytes.count, spaces <= parentIndent {
            throw YamlSyntaxError(
                "yaml-indentation", at: position,
                "a further line of a quoted text must be indented deeper than its key")
        }
        return breaks
    }

    private mutating func parseEscape(
        into text: inout [UInt8], parentIndent: Int?
    ) throws(YamlSyntaxError) {
        let start = position
        position += 1
        if Self.isBreak(peek()) {
            let breaks = try skipQuotedBreaks(parentIndent: parentIndent)
            text += repeatElement(0x0A, count: breaks - 1)
            return
        }
        let letter = peek()
        position += 1
        if let scalar = Self.simpleEscapes[letter] {
            return try append(scalar, to: &text, at: start)
        }
        let length: Int
        switch letter {
        case 0x78: length = 2
        case 0x75: length = 4
        case 0x55: length = 8
        default:
            throw YamlSyntaxError(
                "yaml-escape", at: start, "the escape is not known",
                hint: "write \\\\ for a backslash, or use single quotes")
        }
        var value: UInt32 = 0
        for _ in 0..<length {
            guard let digit = Character(Unicode.Scalar(peek())).hexDigitValue else {
                throw YamlSyntaxError(
                    "yaml-escape", at: start, "the escape needs \(length) hex digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw YamlSyntaxError(
                "yaml-escape", at: start, "the escape is not a Unicode character",
                hint: "write the character itself; pairs of surrogates are not supported")
        }
        try append(scalar, to: &text, at: start)
    }

    private func append(
        _ scalar: Unicode.Scalar, to text: inout [UInt8], at offset: Int
    ) throws(YamlSyntaxError) {
        if YamlCharacter.isControl(scalar) {
            throw YamlSyntaxError(
                "control-character", at: offset,
                "\(YamlCharacter.name(of: scalar)) is a control character",
                hint: "leave the character out")
        }
        text += UTF8.encode(scalar).map(Array.init) ?? []
    }

    private static let simpleEscapes: [UInt8: Unicode.Scalar] = [
        0x30: "\0", 0x61: "\u{7}", 0x62: "\u{8}", 0x74: "\t", 0x09: "\t", 0x6E: "\n",
        0x76: "\u{B}", 0x66: "\u{C}", 0x72: "\r", 0x65: "\u{1B}", 0x20: " ", 0x22: "\"",
        0x2F: "/", 0x5C: "\\", 0x4E: "\u{85}", 0x5F: "\u{A0}", 0x4C: "\u{2028}",
        0x50: "\u{2029}",
    ]
}
