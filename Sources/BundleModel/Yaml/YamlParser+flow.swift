/// Flow style: `[a, b]` and `{key: value}`.
extension YamlParser {
    /// Reads the value at the position, which ends at a flow indicator of the collection around it.
    mutating func parseFlowNode() throws(YamlSyntaxError) -> YamlNode {
        refuseProperties()
        let mark = mark(at: position)
        switch peek() {
        case 0x5B: return try parseFlowSequence(at: mark)
        case 0x7B: return try parseFlowMapping(at: mark)
        case 0x22, 0x27:
            return YamlNode(
                .scalar(try parseQuoted(parentIndent: nil), isPlain: false), at: mark)
        case 0x2A:
            _ = refuseAlias()
            return YamlNode(.scalar("", isPlain: false), at: mark)
        case 0x2C, 0x5D, 0x7D:
            return YamlNode(.scalar("", isPlain: true), at: mark)
        default:
            return YamlNode(.scalar(try parsePlain(parentIndent: nil), isPlain: true), at: mark)
        }
    }

    private mutating func parseFlowSequence(
        at mark: SourceMark
    ) throws(YamlSyntaxError) -> YamlNode {
        let start = position
        try open()
        position += 1
        var items: [YamlNode] = []
        while true {
            try skipFlowSpace(openedAt: start)
            if peek() == 0x5D { break }
            if peek() == 0x2C {
                throw YamlSyntaxError(at: position, "a value is missing in front of ','")
            }
            items.append(try parseFlowNode())
            try skipFlowSpace(openedAt: start)
            if peek() == 0x3A {
                throw YamlSyntaxError(
                    at: position, "a key stands in a list",
                    hint: "write {key: value}, or put a text that contains ':' in quotes")
            }
            try skipComma(until: 0x5D, openedAt: start)
        }
        position += 1
        close()
        return YamlNode(.sequence(items), at: mark)
    }

    private mutating func parseFlowMapping(
        at mark: SourceMark
    ) throws(YamlSyntaxError) -> YamlNode {
        let start = position
        try open()
        position += 1
        var entries: [ReadEntry] = []
        while true {
            try skipFlowSpace(openedAt: start)
            if peek() == 0x7D { break }
            entries.append(try parseFlowEntry(openedAt: start))
            try skipFlowSpace(openedAt: start)
            try skipComma(until: 0x7D, openedAt: start)
        }
        position += 1
        close()
        return mapping(entries, at: mark)
    }

    private mutating func parseFlowEntry(
        openedAt opening: Int
    ) throws(YamlSyntaxError) -> ReadEntry {
        refuseProperties()
        let start = position
        let keyMark = mark(at: start)
        let key: String
        var isPlain = false
        switch peek() {
        case 0x5B, 0x7B: throw complexKey(at: start)
        case 0x3F where Self.isBlankOrEnd(peek(1)): throw complexKey(at: start)
        case 0x2C, 0x3A, 0x5D:
            throw YamlSyntaxError("empty-key", at: start, "a key is missing here")
        case 0x22, 0x27: key = try parseQuoted(parentIndent: nil)
        case 0x2A:
            _ = refuseAlias()
            key = ""
        default:
            key = try parsePlainLine(inFlow: true)
            isPlain = true
        }
        guard position - start <= 1024, !bytes[start..<position].contains(where: Self.isBreak)
        else {
            throw YamlSyntaxError(at: start, "a key must fit in one line and in 1024 bytes")
        }
        let keyEnd = position
        skipBlanks()
        guard peek() == 0x3A, !isPlain || Self.isBlankOrEnd(peek(1)) else {
            position = keyEnd
            try skipFlowSpace(openedAt: opening)
            guard peek() == 0x2C || peek() == 0x7D else {
                throw YamlSyntaxError(
                    at: position, "':' is expected behind a key", hint: "write {key: value}")
            }
            return ReadEntry(
                key: key, isPlain: isPlain, mark: keyMark,
                value: YamlNode(.scalar("", isPlain: true), at: keyMark))
        }
        position += 1
        try skipFlowSpace(openedAt: opening)
        return ReadEntry(key: key, isPlain: isPlain, mark: keyMark, value: try parseFlowNode())
    }

    private mutating func skipComma(
        until end: UInt8, openedAt start: Int
    ) throws(YamlSyntaxError) {
        if peek() == 0x2C {
            position += 1
            return
        }
        guard peek() == end else {
            throw YamlSyntaxError(
                at: position, "',' or '\(Character(Unicode.Scalar(end)))' is expected here",
                hint: "the collection starts in line \(source.mark(at: start).line)")
        }
    }

    /// Moves over blanks, line ends and comments inside a flow collection.
    private mutating func skipFlowSpace(openedAt start: Int) throws(YamlSyntaxError) {
        while position < bytes.count {
            skipBlanks()
            if isAtComment { skipComment() }
            guard Self.isBreak(peek()) else { break }
            skipBreak()
        }
        if position == bytes.count {
            throw YamlSyntaxError(
                at: start, "a list or map that starts here is never closed",
                hint: "close it with ']' or '}'")
        }
    }
}
