/// Reads the scalars of YAML and JSON as people write them, and never fails.
///
/// One machine for both, because JSON is YAML's flow style with other comments and ends of strings.
/// It keeps its whole state between calls, reads each byte once, and looks ahead by some bytes only.
/// What is no YAML (templates, tabs, a colon inside a text, brackets that never close) gives the
/// text of the line instead of an error.
struct TreeValueReader {
    enum Dialect { case yaml, json }

    enum Mode {
        /// Blanks at the start of a line.
        case indent
        /// Before a token.
        case node
        case plain
        case quoted
        /// Behind a line break inside quotes.
        case quotedBreak
        /// Behind the closing quote: a colon makes it a key.
        case afterQuoted
        case comment
        /// `/* … */` of JSON with comments.
        case longComment
        /// At the start of a line of a literal or folded block.
        case blockIndent
        case blockText
    }

    let dialect: Dialect
    var sink = ValueSink()
    var mode = Mode.indent
    /// The line, from 1, and where it starts, counted from the start of the text.
    var line: Int
    var lineStart = 0
    /// Where the bytes of this call start, counted from the start of the text.
    var base = 0
    private var columns = LineColumns()
    /// Blanks at the start of this line so far.
    var indent = 0
    /// Whether a key may stand here: not behind another key on the same line.
    var allowsKey = true
    /// Whether the node is behind `? `.
    var isExplicitKey = false
    var isBinary = false
    /// The tag and the anchor of the node that begins next.
    var tag: [UInt8]?
    var anchor: [UInt8]?

    /// A plain scalar waits for the next line, which may continue it.
    var hasPending = false
    /// Line breaks since the last text of a plain or quoted scalar.
    var breaks = 0
    /// The plain scalar's length before its last line, or -1 on its first.
    var continued = -1
    var continuedColumn = 0
    var continuedShownColumn = 1
    /// Braces of templates, `{{ x }}` and `${X}`, that are open inside a plain scalar.
    var templates = 0

    var quote: UInt8 = 0
    /// A backslash stood before the line break: the lines are joined without a blank.
    var isJoined = false

    /// Brackets that are open.
    var flowDepth = 0
    /// The indentation that the lines of the brackets must exceed; -1 for none.
    var flowParent = -1
    /// The collections around the outermost bracket.
    var flowBase = 0

    /// Stop behind the bracket that closes the first one, as the front matter of a page does.
    var endsAtTop = false
    var hasOpened = false
    var isOver: Bool { endsAtTop && hasOpened && flowDepth == 0 }

    var block = BlockScalar()
    /// Whether the comment stands behind the header of a block.
    var isHeaderComment = false

    init(_ dialect: Dialect, firstLine: Int = 1) {
        self.dialect = dialect
        line = firstLine
    }

    var isFlow: Bool { flowDepth > 0 || dialect == .json }

    /// The indentation that the continuation of a scalar must exceed.
    var parentIndent: Int { flowDepth > 0 ? flowParent : (sink.frames.last?.indent ?? -1) }

    /// The indentation of a place in bytes, from 0.
    func column(_ position: Int) -> Int { base + position - lineStart }

    /// The column of a place as it is shown, in Unicode scalars from 1.
    func shownColumn(_ position: Int) -> Int { columns.column(position) }

    /// Reads as far as the bytes decide, and tells how many were used.
    mutating func read(
        _ bytes: [UInt8], _ isLast: Bool, _ report: ValueSink.Report
    ) -> Int {
        var position = 0
        let input = Input(bytes: bytes, isLast: isLast)
        columns.begin(bytes)
        while position < bytes.count, !isOver, step(input, &position, report) {}
        columns.end(used: position)
        base += position
        if isLast { finish(report) }
        return position
    }

    /// One step of the machine; false when it needs more bytes than there are.
    private mutating func step(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        switch mode {
        case .indent: return stepIndent(input, &position, report)
        case .node: return stepNode(input, &position, report)
        case .plain: return stepPlain(input, &position, report)
        case .quoted: return stepQuoted(input, &position, report)
        case .quotedBreak: return stepQuotedBreak(input, &position, report)
        case .afterQuoted: return stepAfterQuoted(input, &position, report)
        case .comment: return stepComment(input, &position, report)
        case .longComment: return stepLongComment(input, &position, report)
        case .blockIndent: return stepBlockIndent(input, &position, report)
        case .blockText: return stepBlockText(input, &position, report)
        }
    }

    private mutating func finish(_ report: ValueSink.Report) {
        switch mode {
        case .blockIndent, .blockText: endBlock(report)
        case .quoted, .quotedBreak, .afterQuoted, .comment, .longComment: sink.endValue(report)
        case .plain, .indent, .node:
            if mode == .plain { sink.trimBlanks() }
            if isExplicitKey { endKey(report) } else { sink.endValue(report) }
        }
        sink.closeAll(report)
        hasPending = false
        flowDepth = 0
        mode = .indent
    }

    mutating func newLine(_ position: inout Int) {
        position += 1
        line += 1
        lineStart = base + position
        columns.startLine(at: position)
        indent = 0
    }

    // MARK: Starts of lines

    private mutating func stepIndent(
        _ input: Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        while position < input.bytes.count, TextByte.isBlank(input.bytes[position]) {
            position += 1
            indent += 1
        }
        guard position < input.bytes.count else { return true }
        let byte = input.bytes[position]
        if byte == 0x0A {
            if hasPending { breaks += 1 }
            newLine(&position)
            return true
        }
        if isFlow, !leavesFlow(byte) {
            continueFlow(byte, report)
            return true
        }
        if indent == 0, byte == 0x2D || byte == 0x2E {
            guard let isMarker = input.isMarker(at: position) else { return false }
            if isMarker {
                endPending(report)
                flowDepth = 0
                sink.closeAll(report)
                position += 3
                allowsKey = true
                mode = .node
                return true
            }
        }
        guard let next = input.byte(position + 1) else { return false }
        if flowDepth > 0 {
            endPending(report)
            abandonFlow(report)
        }
        if hasPending, byte != 0x23, indent > parentIndent {
            continuePending(position, report)
            return true
        }
        endPending(report)
        openLine(byte, isIndicator: TextByte.isSpace(next), report)
        return true
    }

    /// Closes the collections that this line's indentation ends.
    private mutating func openLine(
        _ byte: UInt8, isIndicator: Bool, _ report: ValueSink.Report
    ) {
        let isDash = isIndicator && byte == 0x2D
        while let top = sink.frames.last,
            top.indent > indent
                || (top.indent == indent && top.kind == .sequence && !isDash)
        {
            sink.close(report)
        }
        // A line without a key of its own does not belong to the one above.
        let isValue = isIndicator && (byte == 0x2D || byte == 0x3A)
        if !isValue, byte != 0x23, let top = sink.frames.last, top.indent == indent {
            sink.clearKey()
        }
        allowsKey = true
        isExplicitKey = false
        mode = .node
    }

    /// Whether a line inside brackets stands too far left to belong to them: they were never
    /// closed.
    private func leavesFlow(_ byte: UInt8) -> Bool {
        dialect == .yaml && indent <= flowParent && byte != 0x5D && byte != 0x7D
            && byte != 0x2C && byte != 0x23
    }

    private mutating func continueFlow(_ byte: UInt8, _ report: ValueSink.Report) {
        if hasPending, byte != 0x23 {
            hasPending = false
            sink.fold(breaks, report)
            continued = sink.text.count
            mode = .plain
        } else {
            endPending(report)
            allowsKey = true
            mode = .node
        }
    }

    mutating func abandonFlow(_ report: ValueSink.Report) {
        sink.close(to: flowBase, report)
        flowDepth = 0
    }

    private mutating func continuePending(_ position: Int, _ report: ValueSink.Report) {
        hasPending = false
        sink.fold(breaks, report)
        continued = sink.text.count
        continuedColumn = column(position)
        continuedShownColumn = shownColumn(position)
        mode = .plain
    }

    mutating func endPending(_ report: ValueSink.Report) {
        guard hasPending else { return }
        hasPending = false
        if isExplicitKey { endKey(report) } else { sink.endValue(report) }
    }
}
