/// Plain and quoted scalars, and comments.
extension TreeValueReader {
    // MARK: Plain

    mutating func stepPlain(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let start = position
        let count = input.bytes.count
        if isFlow {
            while position < count, !Self.stopsFlow(input.bytes[position]) { position += 1 }
        } else {
            while position < count, !Self.stopsBlock(input.bytes[position]) { position += 1 }
        }
        if position > start { sink.append(input.bytes, start..<position, report) }
        guard position < count else { return true }
        switch input.bytes[position] {
        case 0x0A: breakPlain(&position, report)
        case 0x3A: return stepColon(input, &position, report)
        case 0x23:
            if let last = sink.text.last, last == 0x20 || last == 0x09, dialect == .yaml {
                endPlain(report)
            } else {
                sink.append(0x23, report)
                position += 1
            }
        case 0x2F: return stepPlainSlash(input, &position, report)
        default: stepPlainBracket(input.bytes[position], &position, report)
        }
        return true
    }

    private mutating func endPlain(_ report: ValueSink.Report) {
        sink.trimBlanks()
        if isExplicitKey { endKey(report) } else { sink.endValue(report) }
        mode = .node
    }

    private mutating func breakPlain(_ position: inout Int, _ report: ValueSink.Report) {
        sink.trimBlanks()
        if dialect == .json {
            sink.endValue(report)
        } else {
            hasPending = true
            breaks = 1
        }
        mode = .indent
        newLine(&position)
    }

    /// A colon ends a key when a blank follows it, or a bracket inside brackets.
    private mutating func stepColon(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        guard let next = input.byte(position + 1) else { return false }
        let ends =
            dialect == .json
            ? next != 0x2F && templates == 0
            : TextByte.isSpace(next) || (isFlow && TextByte.isFlow(next))
        if ends, continued < 0 && (allowsKey || isFlow) {
            position += 1
            sink.trimBlanks()
            endKey(report)
            mode = .node
        } else if ends, continued >= 0, !isFlow, looksLikeKey() {
            // No YAML, but what people write: the line is a pair of its own.
            let key = sink.cut(after: continued)
            sink.trimBlanks()
            sink.endValue(report)
            while let top = sink.frames.last, top.indent > continuedColumn { sink.close(report) }
            sink.begin(.plain, line: line, column: continuedShownColumn)
            sink.append(key, 0..<key.count, report)
            endKey(report)
            position += 1
            mode = .node
        } else {
            sink.append(0x3A, report)
            position += 1
        }
        return true
    }

    private func looksLikeKey() -> Bool {
        guard continued < sink.text.count, sink.text.count - continued <= 64 else { return false }
        return sink.text[continued...].allSatisfy {
            TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E
        }
    }

    /// A comment behind a number or a word of JSON.
    private mutating func stepPlainSlash(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        guard dialect == .json, let last = sink.text.last, TextByte.isBlank(last) else {
            sink.append(0x2F, report)
            position += 1
            return true
        }
        guard let next = input.byte(position + 1) else { return false }
        if next == 0x2F || next == 0x2A {
            endPlain(report)
        } else {
            sink.append(0x2F, report)
            position += 1
        }
        return true
    }

    private mutating func stepPlainBracket(
        _ byte: UInt8, _ position: inout Int, _ report: ValueSink.Report
    ) {
        let opens =
            byte == 0x7B
            && (templates > 0 || sink.text.last == 0x24 || sink.text.last == 0x7B)
        if opens {
            templates += 1
        } else if byte == 0x7D, templates > 0 {
            templates -= 1
        } else if templates == 0 {
            return endPlain(report)
        }
        sink.append(byte, report)
        position += 1
    }

    /// What ends a run of plain text outside of brackets: a line break, `:` and `#`.
    private static func stopsBlock(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x3A || byte == 0x23
    }

    /// The same inside of brackets, and `/` for the comments of JSON.
    private static func stopsFlow(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x3A, 0x23, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F: true
        default: false
        }
    }

    // MARK: Quoted

    mutating func stepQuoted(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let start = position
        let count = input.bytes.count
        let escape: UInt8 = quote == 0x22 || dialect == .json ? 0x5C : quote
        let quote = quote
        while position < count {
            let byte = input.bytes[position]
            if byte == quote || byte == escape || byte == 0x0A { break }
            position += 1
        }
        if position > start { sink.append(input.bytes, start..<position, report) }
        guard position < count else { return true }
        switch input.bytes[position] {
        case 0x0A:
            if dialect == .json {
                sink.endValue(report)
                mode = .indent
            } else {
                sink.trimBlanks()
                breaks = 1
                isJoined = false
                mode = .quotedBreak
            }
            newLine(&position)
        case quote:
            guard let next = input.byte(position + 1) else { return false }
            if dialect == .yaml, quote == 0x27, next == 0x27, position + 1 < count {
                sink.append(0x27, report)
                position += 2
            } else {
                position += 1
                mode = .afterQuoted
            }
        default: return stepEscape(input, &position, report)
        }
        return true
    }

    private mutating func stepEscape(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        guard input.isLast || position + TextEscape.longest <= input.bytes.count else {
            // A quote or a line break may end it sooner, but the rest of the text is to come.
            return false
        }
        if position + 1 < input.bytes.count, input.bytes[position + 1] == 0x0A {
            position += 1
            newLine(&position)
            sink.protected = sink.text.count
            breaks = 0
            isJoined = true
            mode = .quotedBreak
        } else if let escape = TextEscape(input.bytes, at: position, end: input.bytes.count) {
            sink.append(escape.bytes, 0..<escape.bytes.count, report)
            sink.protected = sink.text.count
            position += escape.length
        } else {
            sink.append(0x5C, report)
            position += 1
        }
        return true
    }

    mutating func stepQuotedBreak(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        while position < input.bytes.count, TextByte.isBlank(input.bytes[position]) {
            position += 1
            indent += 1
        }
        guard position < input.bytes.count else { return true }
        if input.bytes[position] == 0x0A {
            breaks += 1
            newLine(&position)
            return true
        }
        if dialect == .yaml, parentIndent >= 0, indent <= parentIndent,
            input.bytes[position] != quote
        {
            // Too far left to belong to it: the quote was never closed.
            sink.endValue(report)
            if flowDepth > 0 { abandonFlow(report) }
            mode = .indent
            return true
        }
        if isJoined { sink.appendBreaks(breaks, report) } else { sink.fold(breaks, report) }
        sink.protected = sink.text.count
        mode = .quoted
        return true
    }

    mutating func stepAfterQuoted(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        while position < input.bytes.count {
            if input.bytes[position] == 0x0A, dialect == .json, flowDepth > 0 {
                newLine(&position)
            } else if TextByte.isBlank(input.bytes[position]) {
                position += 1
            } else {
                break
            }
        }
        guard position < input.bytes.count else { return true }
        if input.bytes[position] == 0x3A, isFlow || allowsKey {
            guard let next = input.byte(position + 1) else { return false }
            if isFlow || TextByte.isSpace(next) {
                position += 1
                endKey(report)
                mode = .node
                return true
            }
        }
        if isExplicitKey { endKey(report) } else { sink.endValue(report) }
        if !isFlow { allowsKey = false }
        mode = .node
        return true
    }

    // MARK: Comments

    mutating func stepComment(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let start = position
        while position < input.bytes.count, input.bytes[position] != 0x0A { position += 1 }
        sink.append(input.bytes, start..<position, report)
        guard position < input.bytes.count else { return true }
        sink.endValue(report)
        mode = isHeaderComment ? .blockIndent : .indent
        isHeaderComment = false
        newLine(&position)
        return true
    }

    mutating func stepLongComment(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let start = position
        while position < input.bytes.count, input.bytes[position] != 0x0A,
            input.bytes[position] != 0x2A
        {
            position += 1
        }
        sink.append(input.bytes, start..<position, report)
        guard position < input.bytes.count else { return true }
        if input.bytes[position] == 0x0A {
            sink.append(0x0A, report)
            newLine(&position)
            return true
        }
        guard let next = input.byte(position + 1) else { return false }
        if next == 0x2F {
            position += 2
            sink.endValue(report)
            mode = .node
        } else {
            sink.append(0x2A, report)
            position += 1
        }
        return true
    }
}
