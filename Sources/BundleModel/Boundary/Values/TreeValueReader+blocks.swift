/// Literal and folded blocks: `key: |` and `key: >-`.
extension TreeValueReader {
    /// A block that is being read.
    struct BlockScalar {
        enum End { case clip, strip, keep }

        var isFolded = false
        var end = End.clip
        /// The indentation that its lines must exceed.
        var parent = -1
        /// The indentation of its lines, or -1 until the first one shows it.
        var indent = -1
        var breaks = 0
        var hasText = false
        /// Whether its last line began with a blank, so that folding leaves it alone.
        var wasDeeper = false
        /// Whether it carries `!!binary`.
        var isBinary = false
        var tag: [UInt8]?
        var anchor: [UInt8]?
    }

    /// Reads `|2-` and the like; anything else is a text that begins with `|` or `>`.
    mutating func stepBlockHeader(_ input: Input, _ position: inout Int) -> Bool {
        var header = BlockScalar()
        header.isFolded = input.bytes[position] == 0x3E
        header.parent = sink.frames.last?.indent ?? -1
        header.isBinary = isBinary
        var next = position + 1
        var isBehindBlank = false
        var isComment = false
        while true {
            guard let byte = input.byte(next) else { return false }
            if byte == 0x0A { break }
            if next - position > 128 { isComment = true }
            if isComment { break }
            switch byte {
            case 0x31...0x39 where !isBehindBlank && header.indent < 0:
                header.indent = max(header.parent, 0) + Int(byte - 0x30)
            case 0x2D where !isBehindBlank: header.end = .strip
            case 0x2B where !isBehindBlank: header.end = .keep
            case 0x20, 0x09, 0x0D: isBehindBlank = true
            case 0x23 where isBehindBlank: isComment = true
            default:
                sink.begin(.plain, line: line, column: shownColumn(position))
                handProperties()
                continued = -1
                templates = 0
                mode = .plain
                return true
            }
            next += 1
        }
        block = header
        block.tag = tag
        block.anchor = anchor
        tag = nil
        anchor = nil
        isBinary = false
        position = next
        if isComment {
            sink.begin(.comment, line: line, column: shownColumn(position))
            isHeaderComment = true
            mode = .comment
        } else if position < input.bytes.count {
            newLine(&position)
            mode = .blockIndent
        }
        return true
    }

    mutating func stepBlockIndent(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let limit = block.indent < 0 ? Int.max : block.indent
        while position < input.bytes.count, input.bytes[position] == 0x20, indent < limit {
            position += 1
            indent += 1
        }
        guard position < input.bytes.count else { return true }
        let byte = input.bytes[position]
        if byte == 0x0A {
            block.breaks += 1
            newLine(&position)
            return true
        }
        if block.indent < 0 ? indent <= block.parent : indent < block.indent {
            endBlock(report)
            mode = .indent
            return true
        }
        block.indent = indent
        joinBlockLine(isDeeper: byte == 0x20 || byte == 0x09, report)
        mode = .blockText
        return true
    }

    private mutating func joinBlockLine(isDeeper: Bool, _ report: ValueSink.Report) {
        if !block.hasText {
            sink.begin(
                block.isBinary ? .binary : .block, line: line, column: indent + 1)
            sink.tag = block.tag
            sink.anchor = block.anchor
            sink.appendBreaks(block.breaks, report)
        } else if block.isFolded, !isDeeper, !block.wasDeeper {
            sink.fold(block.breaks, report)
        } else {
            sink.appendBreaks(block.breaks, report)
        }
        block.hasText = true
        block.wasDeeper = isDeeper
    }

    mutating func stepBlockText(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let start = position
        while position < input.bytes.count, input.bytes[position] != 0x0A { position += 1 }
        sink.append(input.bytes, start..<position, report)
        guard position < input.bytes.count else { return true }
        block.breaks = 1
        newLine(&position)
        mode = .blockIndent
        return true
    }

    mutating func endBlock(_ report: ValueSink.Report) {
        if block.hasText {
            switch block.end {
            case .strip: break
            case .clip: sink.appendBreaks(min(block.breaks, 1), report)
            case .keep: sink.appendBreaks(block.breaks, report)
            }
        }
        if isExplicitKey { endKey(report) } else { sink.endValue(report) }
        block = BlockScalar()
    }
}
