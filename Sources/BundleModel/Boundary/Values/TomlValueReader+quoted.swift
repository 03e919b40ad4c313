/// Strings of TOML in one, and in three quotes.
extension TomlValueReader {
    mutating func startQuoted(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        quote = input.bytes[position]
        guard let second = input.byte(position + 1) else { return false }
        let start = column(position)
        if !isKey, second == quote {
            guard let third = input.byte(position + 2) else { return false }
            if third == quote {
                sink.begin(.block, line: line, column: start)
                position += 3
                dropsBreak = true
                dropsBlanks = false
                mode = .longQuoted
                return true
            }
        }
        sink.begin(isKey ? .key : .quoted, line: line, column: start)
        position += 1
        mode = .quoted
        return true
    }

    mutating func stepQuoted(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let isLong = mode == .longQuoted
        if isLong, dropsBlanks || dropsBreak { return stepBreak(input.bytes, &position, report) }
        let start = position
        let quote = quote
        let escape: UInt8 = quote == 0x22 ? 0x5C : quote
        while position < input.bytes.count {
            let byte = input.bytes[position]
            if byte == quote || byte == escape || byte == 0x0A { break }
            position += 1
        }
        if position > start { sink.append(input.bytes, start..<position, report) }
        guard position < input.bytes.count else { return true }
        switch input.bytes[position] {
        case 0x0A:
            guard isLong else {
                endQuoted(report)
                return true
            }
            sink.append(0x0A, report)
            newLine(&position)
        case quote:
            if isLong { return stepQuote(input, &position, report) }
            position += 1
            endQuoted(report)
        default: return stepEscape(input, &position, isLong, report)
        }
        return true
    }

    /// The string is over, at its quote or, unclosed, at the line's end.
    private mutating func endQuoted(_ report: ValueSink.Report) {
        if isKey {
            sink.endKey(report)
            mode = .afterKey
        } else {
            sink.endValue(report)
            mode = .afterValue
        }
    }

    /// One, two or three quotes inside a long string; up to two more may belong to the text.
    private mutating func stepQuote(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        var count = 1
        while count < 5 {
            guard let next = input.byte(position + count) else { return false }
            if next != quote { break }
            count += 1
        }
        for _ in 0..<(count >= 3 ? count - 3 : count) { sink.append(quote, report) }
        position += count
        if count >= 3 { endQuoted(report) }
        return true
    }

    /// What a long string leaves out: the first line break, and blanks behind `\` at a line's end.
    private mutating func stepBreak(
        _ bytes: [UInt8], _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let byte = bytes[position]
        if byte == 0x0A {
            newLine(&position)
            if dropsBreak, !dropsBlanks {
                sink.begin(.block, line: line, column: 1)
            }
            dropsBreak = dropsBlanks
        } else if dropsBlanks, TextByte.isBlank(byte) {
            position += 1
        } else {
            dropsBlanks = false
            dropsBreak = false
        }
        return true
    }

    private mutating func stepEscape(
        _ input: TreeValueReader.Input, _ position: inout Int, _ isLong: Bool,
        _ report: ValueSink.Report
    ) -> Bool {
        guard input.isLast || position + TextEscape.longest <= input.bytes.count else {
            return false
        }
        if isLong, position + 1 < input.bytes.count, TextByte.isSpace(input.bytes[position + 1]) {
            position += 1
            dropsBlanks = true
            dropsBreak = true
        } else if position + 1 < input.bytes.count, input.bytes[position + 1] != 0x0A,
            let escape = TextEscape(input.bytes, at: position, end: input.bytes.count)
        {
            if escape.bytes.contains(0x0A) { sink.hasWrittenBreak = true }
            sink.append(escape.bytes, 0..<escape.bytes.count, report)
            position += escape.length
        } else {
            sink.append(0x5C, report)
            position += 1
        }
        return true
    }
}
