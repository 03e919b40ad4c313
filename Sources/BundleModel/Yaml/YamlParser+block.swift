/// Block style: structure by indentation.
extension YamlParser {
    /// Reads the value that starts at the position, the first of its line or behind `- `.
    mutating func parseBlockNode(parentIndent: Int) throws(YamlSyntaxError) -> YamlNode {
        let start = mark(at: position)
        let column = indent
        if isAtEntry {
            return try parseBlockSequence(indent: column, start: start)
        }
        refuseProperties()
        if isAtLineEnd() {
            // The anchor or tag stood alone in its line; its value follows.
            return try parseValueBelow(parentIndent: parentIndent, emptyAt: start)
        }
        if peek() != 0x5B, peek() != 0x7B, let key = try parseBlockKey() {
            return try parseBlockMapping(indent: column, start: start, first: key)
        }
        return try parseInlineValue(parentIndent: parentIndent)
    }

    /// Whether `- ` stands here.
    var isAtEntry: Bool { peek() == 0x2D && Self.isBlankOrEnd(peek(1)) }

    // MARK: Sequences

    private mutating func parseBlockSequence(
        indent: Int, start: SourceMark
    ) throws(YamlSyntaxError) -> YamlNode {
        try open()
        var items: [YamlNode] = []
        while position < bytes.count, isAtEntry, self.indent == indent {
            let dash = mark(at: position)
            position += 1
            while peek() == 0x20 { position += 1 }
            if peek() == 0x09 {
                throw YamlSyntaxError(
                    "tab-indentation", at: position, "a tab follows '-'", hint: "write a space")
            }
            if isAtLineEnd() {
                items.append(try parseValueBelow(parentIndent: indent, emptyAt: dash))
            } else {
                items.append(try parseBlockNode(parentIndent: indent))
            }
            try skipToContent()
        }
        try refuseDeeperLine(than: indent)
        close()
        return YamlNode(.sequence(items), at: start)
    }

    /// Reads the value of a key or entry whose own line is over; null when there is none.
    private mutating func parseValueBelow(
        parentIndent: Int, emptyAt mark: SourceMark, allowsEntries: Bool = false
    ) throws(YamlSyntaxError) -> YamlNode {
        let end = position
        try skipToContent()
        let isInside =
            indent > parentIndent || (allowsEntries && indent == parentIndent && isAtEntry)
        if position < bytes.count, isInside, !isAtDocumentEnd {
            return try parseBlockNode(parentIndent: parentIndent)
        }
        position = end
        return YamlNode(.scalar("", isPlain: true), at: mark)
    }

    /// Whether `...` stands at the start of the line.
    private var isAtDocumentEnd: Bool {
        indent == 0 && YamlSource.isMarker(bytes[position...], 0x2E)
    }

    private func refuseDeeperLine(than indent: Int) throws(YamlSyntaxError) {
        guard position < bytes.count, self.indent > indent else { return }
        throw YamlSyntaxError(
            "yaml-indentation", at: position, "the line is indented deeper than its neighbours",
            hint: "indent the keys of one map alike")
    }

    // MARK: Mappings

    /// A key that was read up to its colon.
    struct Key {
        let text: String
        let isPlain: Bool
        let mark: SourceMark
        /// The byte behind the colon.
        let end: Int
    }

    private mutating func parseBlockMapping(
        indent: Int, start: SourceMark, first: Key
    ) throws(YamlSyntaxError) -> YamlNode {
        try open()
        var entries: [ReadEntry] = []
        var next: Key? = first
        while let key = next {
            position = key.end
            let value = try parseMappingValue(indent: indent, key: key)
            entries.append(
                ReadEntry(key: key.text, isPlain: key.isPlain, mark: key.mark, value: value))
            try skipToContent()
            guard position < bytes.count, self.indent == indent, !isAtDocumentEnd else { break }
            if isAtEntry {
                throw YamlSyntaxError(
                    at: position, "a list entry stands where a key is expected",
                    hint: "indent the list deeper than the key it belongs to")
            }
            refuseProperties()
            next = try parseBlockKey()
            if next == nil {
                throw YamlSyntaxError(
                    at: position, "a key followed by ': ' is expected here",
                    hint: "write 'key: value', or indent the rest of a text deeper than its key")
            }
        }
        try refuseDeeperLine(than: indent)
        close()
        return mapping(entries, at: start)
    }

    private mutating func parseMappingValue(
        indent: Int, key: Key
    ) throws(YamlSyntaxError) -> YamlNode {
        skipBlanks()
        refuseProperties()
        if isAtLineEnd() {
            return try parseValueBelow(
                parentIndent: indent, emptyAt: key.mark, allowsEntries: true)
        }
        if isAtEntry {
            throw YamlSyntaxError(
                at: position, "a list starts in the line of its key",
                hint: "start the list in the next line, or write [a, b]")
        }
        return try parseInlineValue(parentIndent: indent)
    }

    /// Reads `key:` when one stands here; nil, without moving, when it is a value.
    private mutating func parseBlockKey() throws(YamlSyntaxError) -> Key? {
        let start = position
        if peek() == 0x3F, Self.isBlankOrEnd(peek(1)) { throw complexKey(at: start) }
        if peek() == 0x3A, Self.isBlankOrEnd(peek(1)) {
            throw YamlSyntaxError("empty-key", at: start, "a key is missing in front of ':'")
        }
        let line = lineStart(of: start)
        let mark = mark(at: start)
        let isAlias = peek() == 0x2A
        let scalar: String
        let isPlain: Bool
        switch peek() {
        case 0x7C, 0x3E: return nil
        case 0x22, 0x27:
            scalar = try parseQuoted(parentIndent: nil)
            isPlain = false
        case 0x5B, 0x7B: throw complexKey(at: start)
        case 0x2A:
            _ = refuseAlias()
            isPlain = false
            scalar = ""
        default:
            scalar = try parsePlainLine(inFlow: false)
            isPlain = true
        }
        let end = position
        skipBlanks()
        guard peek() == 0x3A, Self.isBlankOrEnd(peek(1)) else {
            // Not a key: read again as a value. An alias was reported already.
            position = isAlias ? end : start
            return nil
        }
        guard lineStart(of: position) == line, position - start <= 1024 else {
            throw YamlSyntaxError(
                at: start, "a key must fit in one line and in 1024 bytes")
        }
        return Key(text: scalar, isPlain: isPlain, mark: mark, end: position + 1)
    }

    func complexKey(at offset: Int) -> YamlSyntaxError {
        YamlSyntaxError(
            "yaml-complex-key", at: offset, "only texts can be keys",
            hint: "write 'key: value'")
    }

    // MARK: Values that start in the line

    private mutating func parseInlineValue(
        parentIndent: Int
    ) throws(YamlSyntaxError) -> YamlNode {
        let mark = mark(at: position)
        let node: YamlNode
        switch peek() {
        case 0x7C, 0x3E:
            return YamlNode(
                .scalar(try parseBlockScalar(parentIndent: parentIndent), isPlain: false),
                at: mark)
        case 0x22, 0x27:
            node = YamlNode(
                .scalar(try parseQuoted(parentIndent: parentIndent), isPlain: false), at: mark)
        case 0x5B, 0x7B:
            node = try parseFlowNode()
            if peek() == 0x3A { throw complexKey(at: position) }
        default:
            if hasUnknownValue, isAtLineEnd() {
                return YamlNode(.scalar("", isPlain: false), at: mark)
            }
            if refuseAlias() {
                node = YamlNode(.scalar("", isPlain: false), at: mark)
            } else {
                let text = try parsePlain(parentIndent: parentIndent)
                node = YamlNode(.scalar(text, isPlain: true), at: mark)
            }
        }
        if peek() == 0x3A || (Self.isBlank(peek()) && isFollowedByColon) {
            throw YamlSyntaxError(
                at: position, "a second ': ' in one line",
                hint: "put a text that contains ': ' in quotes")
        }
        try finishLine("the value is over, but the line is not")
        return node
    }

    private var isFollowedByColon: Bool {
        var offset = 0
        while Self.isBlank(peek(offset)) { offset += 1 }
        return peek(offset) == 0x3A && Self.isBlankOrEnd(peek(offset + 1))
    }
}
