extension TreeValueReader {
    /// Decides what starts here.
    mutating func stepNode(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        while position < input.bytes.count, TextByte.isBlank(input.bytes[position]) {
            position += 1
        }
        guard position < input.bytes.count else { return true }
        let byte = input.bytes[position]
        if byte.isASCIIDigit, passNumber(input, &position) { return true }
        switch byte {
        case 0x0A:
            mode = .indent
            newLine(&position)
        case 0x22, 0x27:
            begin(isBinary ? .binary : .quoted, position)
            quote = byte
            position += 1
            mode = .quoted
        case 0x7B, 0x5B, 0x7D, 0x5D, 0x2C: return stepBracket(byte, input, &position, report)
        case 0x23:
            sink.begin(.comment, line: line, column: shownColumn(position) + 1)
            position += 1
            mode = .comment
        case 0x2F where dialect == .json: return stepSlash(input, &position)
        case 0x2D, 0x3F, 0x3A: return stepIndicator(byte, input, &position, report)
        case 0x21 where dialect == .yaml, 0x26 where dialect == .yaml,
            0x2A where dialect == .yaml:
            return stepProperty(byte, input, &position, report)
        case 0x7C where !isFlow, 0x3E where !isFlow: return stepBlockHeader(input, &position)
        case 0x25 where dialect == .yaml && column(position) == 0 && sink.frames.isEmpty:
            sink.begin(.comment, line: line, column: 1)
            mode = .comment
        default: beginPlain(position)
        }
        return true
    }

    /// The longest number that is passed over.
    private static let longestNumber = 11

    /// Passes over an item of a list in brackets that has nothing but a few digits.
    private mutating func passNumber(_ input: Input, _ position: inout Int) -> Bool {
        guard isFlow, !isExplicitKey, !isBinary, tag == nil, anchor == nil, sink.passesNumbers
        else { return false }
        var end = position + 1
        let limit = min(input.bytes.count, position + Self.longestNumber + 1)
        while end < limit, input.bytes[end].isASCIIDigit { end += 1 }
        guard end < limit, input.bytes[end] == 0x2C || input.bytes[end] == 0x5D else {
            return false
        }
        position = end
        return true
    }

    private mutating func begin(_ style: ScannedValue.Style, _ position: Int) {
        sink.begin(style, line: line, column: shownColumn(position))
        isBinary = false
        handProperties()
    }

    /// The scalar that begins has the tag and the anchor before it.
    mutating func handProperties() {
        sink.tag = tag
        sink.anchor = anchor
        tag = nil
        anchor = nil
    }

    private mutating func beginPlain(_ position: Int) {
        begin(isBinary ? .binary : .plain, position)
        continued = -1
        templates = 0
        mode = .plain
    }

    private mutating func stepBracket(
        _ byte: UInt8, _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        switch byte {
        case 0x7B, 0x5B:
            guard let next = input.byte(position + 1) else { return false }
            if byte == 0x7B, next == 0x7B || next == 0x25 || next == 0x23 {
                beginPlain(position)
                sink.append(byte, report)
                sink.append(next, report)
                templates = next == 0x7B ? 2 : 1
                position += 2
                return true
            }
            if flowDepth == 0 {
                flowParent = sink.frames.last?.indent ?? -1
                flowBase = sink.frames.count
            }
            flowDepth += 1
            hasOpened = true
            tag = nil
            anchor = nil
            sink.open(byte == 0x7B ? .mapping : .sequence)
            allowsKey = true
            isExplicitKey = false
        case 0x7D where flowDepth > 0, 0x5D where flowDepth > 0:
            closeImplicit(report)
            sink.close(report)
            flowDepth -= 1
            if flowDepth == 0 { allowsKey = false }
        case 0x2C where isFlow:
            closeImplicit(report)
            sink.clearKey()
            allowsKey = true
        default:
            if isFlow { break }
            beginPlain(position)
            return true
        }
        position += 1
        return true
    }

    /// Closes the mapping of the one pair in `[a: b]`.
    private mutating func closeImplicit(_ report: ValueSink.Report) {
        if sink.frames.last?.isImplicit == true { sink.close(report) }
    }

    /// `//` and `/*` of JSON with comments.
    private mutating func stepSlash(_ input: Input, _ position: inout Int) -> Bool {
        guard let next = input.byte(position + 1) else { return false }
        guard next == 0x2F || next == 0x2A else {
            beginPlain(position)
            return true
        }
        sink.begin(.comment, line: line, column: shownColumn(position) + 2)
        position += 2
        mode = next == 0x2F ? .comment : .longComment
        return true
    }

    /// `- `, `? ` and `: `.
    private mutating func stepIndicator(
        _ byte: UInt8, _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        if isFlow {
            if byte == 0x3A { position += 1 } else { beginPlain(position) }
            return true
        }
        guard let next = input.byte(position + 1) else { return false }
        guard allowsKey, TextByte.isSpace(next) else {
            beginPlain(position)
            return true
        }
        let column = column(position)
        switch byte {
        case 0x2D:
            if sink.frames.last?.kind != .sequence || sink.frames.last?.indent != column {
                sink.open(.sequence, indent: column)
            }
        case 0x3F:
            openMapping(column)
            sink.clearKey()
            isExplicitKey = true
        default: isExplicitKey = false
        }
        position += 1
        return true
    }

    /// Tags, anchors and aliases. An alias of no anchor is a text that begins with `*`.
    private mutating func stepProperty(
        _ byte: UInt8, _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        guard let end = input.wordEnd(position + 1, isFlow: isFlow) else { return false }
        if byte != 0x21, end == position + 1 || end - position > 256 {
            beginPlain(position)
            return true
        }
        let word = Array(input.bytes[(position + 1)..<end])
        switch byte {
        case 0x21:
            isBinary = word.suffix(6).elementsEqual("binary".utf8)
            // `!!str` and `!<…>` are not of the file's own.
            tag = word.first.map(TextByte.isLetter) == true && word.count <= 64 ? word : nil
        case 0x26:
            anchor = word
            sink.openAnchor(word)
        default:
            guard let text = sink.anchors.text(word) else {
                beginPlain(position)
                return true
            }
            sink.alias(of: text, line: line, column: shownColumn(position), report)
        }
        position = end
        return true
    }

    mutating func openMapping(_ column: Int) {
        if let top = sink.frames.last, top.kind == .mapping, top.indent >= column { return }
        sink.open(.mapping, indent: column)
    }

    /// The scalar at hand is a key.
    mutating func endKey(_ report: ValueSink.Report) {
        if isFlow {
            if sink.frames.last?.kind != .mapping { sink.open(.mapping, isImplicit: true) }
        } else if !isExplicitKey {
            openMapping(sink.column - 1)
        }
        isExplicitKey = false
        sink.endKey(report)
        allowsKey = false
    }
}
