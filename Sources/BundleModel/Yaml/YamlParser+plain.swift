/// Scalars without quotes.
extension YamlParser {
    /// Reads a plain scalar over all its lines, folding them as YAML does.
    ///
    /// Its further lines are indented deeper than the parent; nil inside a flow collection, where
    /// indentation does not count.
    mutating func parsePlain(parentIndent: Int?) throws(YamlSyntaxError) -> String {
        let inFlow = parentIndent == nil
        var text = try parsePlainLine(inFlow: inFlow)
        while let breaks = try moveToContinuation(parentIndent: parentIndent) {
            if !inFlow, isAtEntry {
                throw YamlSyntaxError(
                    at: position, "a list entry stands inside a text",
                    hint: "put the text in quotes, or remove the text in front of the list")
            }
            let next = position
            let line = try parsePlainLine(inFlow: inFlow, isFirst: false)
            if !inFlow, isAtColon {
                throw YamlSyntaxError(
                    at: next, "a key stands inside a text",
                    hint: "align it with the other keys, or put the text in quotes")
            }
            text += breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
            text += line
        }
        return text
    }

    /// Reads the part of a plain scalar that is in this line, without blanks at its end.
    mutating func parsePlainLine(
        inFlow: Bool, isFirst: Bool = true
    ) throws(YamlSyntaxError) -> String {
        if isFirst { try checkPlainStart(inFlow: inFlow) }
        let start = position
        var end = position
        while position < bytes.count {
            let byte = peek()
            if Self.isBreak(byte) || isAtComment { break }
            if inFlow, Self.isFlowIndicator(byte) { break }
            if byte == 0x3A {
                let next = peek(1)
                if Self.isBlankOrEnd(next) { break }
                if inFlow, Self.isFlowIndicator(next) || next == 0x3F { break }
            }
            position += 1
            if !Self.isBlank(byte) { end = position }
        }
        position = end
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Moves to the next line of a plain scalar; returns the number of line ends before it.
    private mutating func moveToContinuation(
        parentIndent: Int?
    ) throws(YamlSyntaxError) -> Int? {
        let start = position
        skipBlanks()
        guard Self.isBreak(peek()), !isAtComment else {
            position = start
            return nil
        }
        var breaks = 0
        var lineStart = position
        while Self.isBreak(peek()) {
            skipBreak()
            breaks += 1
            lineStart = position
            while peek() == 0x20 { position += 1 }
            if peek() == 0x09 {
                throw YamlSyntaxError(
                    "tab-indentation", at: position, "the line is indented with a tab",
                    hint: "indent with spaces")
            }
        }
        let spaces = position - lineStart
        let isInside =
            if let parentIndent {
                spaces > parentIndent && !(spaces == 0 && isAtMarker)
            } else {
                !Self.isFlowIndicator(peek()) && peek() != 0x3A
            }
        guard position < bytes.count, isInside, !isAtComment else {
            position = start
            return nil
        }
        return breaks
    }

    private var isAtMarker: Bool {
        YamlSource.isMarker(bytes[position...], 0x2E)
            || YamlSource.isMarker(bytes[position...], 0x2D)
    }

    /// Whether a colon that ends a key stands here, perhaps behind blanks.
    var isAtColon: Bool {
        var offset = 0
        while Self.isBlank(peek(offset)) { offset += 1 }
        return peek(offset) == 0x3A && Self.isBlankOrEnd(peek(offset + 1))
    }

    private func checkPlainStart(inFlow: Bool) throws(YamlSyntaxError) {
        let byte = peek()
        let next = peek(1)
        switch byte {
        case 0x2D, 0x3F, 0x3A:
            // '-', '?' and ':' may start a text when something follows them at once.
            let startsText =
                !Self.isBlankOrEnd(next)
                && (!inFlow || (byte == 0x2D && !Self.isFlowIndicator(next)))
            if startsText { return }
            if byte == 0x3F { throw complexKey(at: position) }
        case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x23, 0x26, 0x2A, 0x21, 0x7C, 0x3E, 0x27, 0x22, 0x25,
            0x40, 0x60:
            break
        case 0, 0x0A, 0x0D:
            throw YamlSyntaxError(at: position, "a value is missing at the end of the line")
        default: return
        }
        throw YamlSyntaxError(
            at: position, "a text cannot start with '\(Character(Unicode.Scalar(byte)))'",
            hint: "put the text in quotes")
    }
}
