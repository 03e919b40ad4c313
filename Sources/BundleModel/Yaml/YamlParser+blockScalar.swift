/// Block scalars: `|` keeps lines, `>` folds them.
extension YamlParser {
    private enum Chomping { case clip, strip, keep }

    /// Reads a block scalar with its header; moves to the start of the line behind it.
    mutating func parseBlockScalar(parentIndent: Int) throws(YamlSyntaxError) -> String {
        let isLiteral = peek() == 0x7C
        position += 1
        let (chomping, increment) = try parseBlockHeader()
        try finishLine("a block text starts in the line below its '|' or '>'")
        if position < bytes.count { skipBreak() }
        var text: [UInt8] = []
        var indent = increment.map { max(parentIndent, 0) + $0 } ?? 0
        var next = position
        var trailing = try skipBlockBreaks(
            indent: &indent, parentIndent: parentIndent, lineStart: &next)
        var leading: [UInt8] = []
        var followsBlank = false
        while position < bytes.count, position - next == indent, !Self.isBreak(peek()) {
            let startsBlank = Self.isBlank(peek())
            if !isLiteral, !leading.isEmpty, !followsBlank, !startsBlank {
                if trailing == 0 { text.append(0x20) }
            } else {
                text += leading
            }
            text += repeatElement(0x0A, count: trailing)
            followsBlank = startsBlank
            let start = position
            skipComment()
            text += bytes[start..<position]
            leading = []
            if position < bytes.count {
                skipBreak()
                leading = [0x0A]
            }
            trailing = try skipBlockBreaks(
                indent: &indent, parentIndent: parentIndent, lineStart: &next)
        }
        position = next
        if chomping != .strip { text += leading }
        if chomping == .keep { text += repeatElement(0x0A, count: trailing) }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func parseBlockHeader() throws(YamlSyntaxError) -> (Chomping, Int?) {
        var chomping: Chomping?
        var increment: Int?
        while true {
            switch peek() {
            case 0x2B where chomping == nil: chomping = .keep
            case 0x2D where chomping == nil: chomping = .strip
            case 0x31...0x39 where increment == nil: increment = Int(peek()) - 0x30
            default:
                guard Self.isBlankOrEnd(peek()) else {
                    throw YamlSyntaxError(
                        at: position, "only '+', '-' and one digit may follow '|' and '>'",
                        hint: "a text that starts with '|' or '>' needs quotes")
                }
                return (chomping ?? .clip, increment)
            }
            position += 1
        }
    }

    /// Moves over indentation and empty lines; finds the indentation when it is not known yet.
    ///
    /// Returns the number of empty lines and sets the start of the line it stops in. Stops at the first character behind the indentation, or
    /// earlier in a line that is indented less.
    private mutating func skipBlockBreaks(
        indent: inout Int, parentIndent: Int, lineStart: inout Int
    ) throws(YamlSyntaxError) -> Int {
        var empty = 0
        var deepest = 0
        while true {
            let start = position
            lineStart = start
            while peek() == 0x20, indent == 0 || position - start < indent { position += 1 }
            deepest = max(deepest, position - start)
            if peek() == 0x09, indent == 0 || position - start < indent {
                throw YamlSyntaxError(
                    "tab-indentation", at: position, "a block text is indented with a tab",
                    hint: "indent with spaces")
            }
            guard Self.isBreak(peek()) else { break }
            skipBreak()
            empty += 1
        }
        if indent == 0 {
            let own = position - lineStart
            indent = max(own, parentIndent + 1, 1)
            if deepest > indent, position < bytes.count {
                throw YamlSyntaxError(
                    "yaml-indentation", at: position,
                    "the first line of a block text is indented less than an empty line above it")
            }
        }
        return empty
    }
}
