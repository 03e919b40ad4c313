/// Reads the strict part of YAML by recursive descent over the bytes.
///
/// A parser of our own, because a library that composes values has already followed the aliases,
/// dropped the tags and lost the places by the time it can be asked. This one refuses them where
/// they stand, with line and column, in one pass and in time linear in the size of the file; the
/// recursion is bounded by the limit for nesting. What it accepts, libyaml reads to the same
/// values: the tests hold both to that.
struct YamlParser {
    let source: YamlSource
    let bytes: [UInt8]
    let limits: ContentLimits
    let log: FindingLog
    /// The next byte to read.
    var position = 0
    /// Collections that are open.
    var depth = 0
    /// Whether an alias stood for a value, which is then unknown.
    var hasUnknownValue = false
    /// The last place that was asked for, so that places in a long line cost no new count.
    private var lastMark: (offset: Int, mark: SourceMark) = (0, .start)

    init(source: YamlSource, limits: ContentLimits, log: FindingLog) {
        self.source = source
        self.bytes = source.bytes
        self.limits = limits
        self.log = log
    }

    /// Reads the document; nil after a finding that leaves its value unknown.
    mutating func parse() -> YamlNode? {
        do {
            let root = try parseDocument()
            return hasUnknownValue ? nil : root
        } catch {
            log.report(
                error.code ?? log.malformedCode, error.rule, at: source.mark(at: error.offset),
                error.message, hint: error.hint)
            return nil
        }
    }

    private mutating func parseDocument() throws(YamlSyntaxError) -> YamlNode {
        try skipToContent()
        if YamlSource.isMarker(bytes[lineStart(of: position)...], 0x2D), indent == 0 {
            position += 3
            try finishLine("the document must start on a line below '---'")
            try skipToContent()
        }
        let root = try parseBlockNode(parentIndent: -1)
        try skipToContent()
        if position < bytes.count, YamlSource.isMarker(bytes[position...], 0x2E), indent == 0 {
            position += 3
            try finishLine("nothing may follow '...'")
            try skipToContent()
        }
        guard position == bytes.count else {
            throw YamlSyntaxError(
                at: position, "this line does not belong to the value above it",
                hint: "indent the keys of one map alike")
        }
        return root
    }

    // MARK: Bytes

    /// The byte at an offset from the position; 0 behind the end, which no file contains.
    func peek(_ offset: Int = 0) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : 0
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    static func isBlankOrEnd(_ byte: UInt8) -> Bool {
        isBlank(byte) || isBreak(byte) || byte == 0
    }
    static func isFlowIndicator(_ byte: UInt8) -> Bool {
        byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x7D
    }

    /// The start of the line that a byte is on.
    func lineStart(of offset: Int) -> Int {
        var start = offset
        while start > 0, !Self.isBreak(bytes[start - 1]) { start -= 1 }
        return start
    }

    /// The bytes before the position in its line; in front of a block these are all one column.
    var indent: Int { position - lineStart(of: position) }

    /// The place of a byte; cheap when places are asked for in the order of the file.
    mutating func mark(at offset: Int) -> SourceMark {
        let mark = source.mark(at: offset, after: lastMark)
        lastMark = (offset, mark)
        return mark
    }

    // MARK: Space and comments

    mutating func skipBlanks() {
        while Self.isBlank(peek()) { position += 1 }
    }

    mutating func skipBreak() {
        if peek() == 0x0D, peek(1) == 0x0A { position += 1 }
        position += 1
    }

    mutating func skipComment() {
        while position < bytes.count, !Self.isBreak(peek()) { position += 1 }
    }

    /// Whether a comment starts here: `#` after a blank or at the start of a line.
    var isAtComment: Bool {
        guard peek() == 0x23 else { return false }
        return position == 0 || Self.isBlankOrEnd(bytes[position - 1])
    }

    /// Whether nothing but blanks and a comment is left in the line; moves to its end if so.
    mutating func isAtLineEnd() -> Bool {
        let start = position
        skipBlanks()
        if isAtComment { skipComment() }
        if position == bytes.count || Self.isBreak(peek()) { return true }
        position = start
        return false
    }

    /// Moves over the end of a line that holds nothing more.
    mutating func finishLine(_ message: String) throws(YamlSyntaxError) {
        if isAtLineEnd() { return }
        skipBlanks()
        throw YamlSyntaxError(at: position, message)
    }

    /// Moves to the first character of the next value or key, over empty lines and comments.
    mutating func skipToContent() throws(YamlSyntaxError) {
        while position < bytes.count {
            let start = position
            skipBlanks()
            if bytes[start..<position].contains(0x09) {
                throw YamlSyntaxError(
                    "tab-indentation", at: start, "the line starts with a tab",
                    hint: "indent with spaces")
            }
            if isAtComment { skipComment() }
            guard position < bytes.count, Self.isBreak(peek()) else { return }
            skipBreak()
        }
    }

    // MARK: Nesting

    /// Enters a collection whose first byte is at the position or just before it.
    mutating func open() throws(YamlSyntaxError) {
        depth += 1
        if depth > limits.nesting {
            throw YamlSyntaxError(
                "nesting-too-deep", at: min(position, bytes.count - 1),
                "values are nested deeper than \(limits.nesting) levels",
                hint: "flatten the document", code: .limitExceeded)
        }
    }

    mutating func close() { depth -= 1 }
}
