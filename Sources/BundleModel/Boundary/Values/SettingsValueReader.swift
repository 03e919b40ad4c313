/// Reads `.env`, INI, `.properties`, `.npmrc`, `.netrc`, `.pgpass` and their kin, line by line.
///
/// `KEY=value`, `key: value`, `[section]`, `export`, quotes, and `\` at a line's end. A line that
/// is no pair is handed out as it is. Where a backslash could be an escape or itself, as in
/// `C:\new`, both readings are handed out.
struct SettingsValueReader {
    enum Mode {
        case lineStart
        /// The value behind `=` or `:`, the text of a line, or a comment.
        case value, text, comment
    }

    /// A line longer than this without `=` is text.
    private static let longestKey = 1024

    var sink = ValueSink()
    private var mode = Mode.lineStart
    private var line: Int
    private var columns = LineColumns()
    private var hasSection = false
    private var isContinued = false

    /// Whether a colon or a blank alone ends a key.
    private let isProperties: Bool

    init(firstLine: Int = 1, isProperties: Bool = false) {
        line = firstLine
        self.isProperties = isProperties
    }

    private func column(_ position: Int) -> Int { columns.column(position) }

    /// Reads as far as the bytes decide, and tells how many were used.
    mutating func read(
        _ bytes: [UInt8], _ isLast: Bool, _ report: ValueSink.Report
    ) -> Int {
        var position = 0
        columns.begin(bytes)
        while position < bytes.count {
            if mode == .lineStart {
                if passPair(bytes, &position) { continue }
                guard startLine(bytes, &position, isLast, report) else { break }
            } else {
                readRest(bytes, &position, report)
            }
        }
        columns.end(used: position)
        if isLast {
            if mode != .lineStart { endLine(report) }
            sink.closeAll(report)
        }
        return position
    }

    // MARK: Starts of lines

    /// No longer value is passed over.
    private static let longestPassed = Base64Text.shortest

    /// Passes over a line `KEY=value` that has neither quotes, blanks nor escapes, when nothing in
    /// it is refused.
    private mutating func passPair(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        guard !isProperties else { return false }
        let text = bytes.span
        var sign = position
        let limit = min(text.count, position + Self.longestPassed)
        while sign < limit,
            TextByte.isWord(text[sign]) || text[sign] == 0x2D || text[sign] == 0x2E
        {
            sign += 1
        }
        guard sign > position, sign < limit, text[sign] == 0x3D else { return false }
        var end = sign + 1
        let last = min(text.count, end + Self.longestPassed)
        while end < last, Self.isPlain(text[end]) { end += 1 }
        guard end < last, text[end] == 0x0A,
            sink.holdsNothing(
                key: text.extracting(position..<sign), value: text.extracting((sign + 1)..<end))
        else { return false }
        position = end
        newLine(&position)
        return true
    }

    /// Not blanks, quotes, backslashes and what begins a comment.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x23, 0x27, 0x5C, 0x60: false
        default: true
        }
    }

    private mutating func startLine(
        _ bytes: [UInt8], _ position: inout Int, _ isLast: Bool, _ report: ValueSink.Report
    ) -> Bool {
        while position < bytes.count, TextByte.isBlank(bytes[position]) { position += 1 }
        guard position < bytes.count else { return true }
        switch bytes[position] {
        case 0x0A:
            newLine(&position)
            return true
        case 0x23, 0x3B, 0x21:
            sink.begin(.comment, line: line, column: column(position) + 1)
            position += 1
            mode = .comment
            return true
        default: break
        }
        let limit = min(bytes.count, position + Self.longestKey)
        let isDecided = limit == position + Self.longestKey || isLast
        guard
            let head = SettingsLine(
                bytes, position..<limit, isWhole: isDecided, isProperties: isProperties)
        else { return false }
        start(head, bytes, &position, report)
        return true
    }

    private mutating func start(
        _ head: SettingsLine, _ bytes: [UInt8], _ position: inout Int,
        _ report: ValueSink.Report
    ) {
        switch head {
        case .section(let name):
            sink.closeAll(report)
            openSection(bytes, name, report)
            position = name.upperBound
            while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        case .pair(let key, let value):
            openPairs()
            sink.begin(.key, line: line, column: column(key.lowerBound))
            if bytes[key].contains(0x5C),
                let name = SettingsReading.decoding(Array(bytes[key]))
            {
                sink.append(name, 0..<name.count, report)
            } else {
                sink.append(bytes, key, report)
            }
            sink.endKey(report)
            position = value
            sink.begin(.plain, line: line, column: column(position))
            mode = .value
        case .words(let pairs, let end):
            openPairs()
            for (key, value) in pairs { hand(bytes, Array(bytes[key]), key, value, report) }
            position = end
        case .passwordFile(let password, let end):
            openPairs()
            hand(bytes, Array("password".utf8), password, password, report)
            position = end
        case .text:
            openPairs()
            sink.clearKey()
            sink.begin(.plain, line: line, column: column(position))
            mode = .text
        }
    }

    /// A key and its value on one line with others.
    private mutating func hand(
        _ bytes: [UInt8], _ name: [UInt8], _ key: Range<Int>, _ value: Range<Int>,
        _ report: ValueSink.Report
    ) {
        sink.begin(.key, line: line, column: column(key.lowerBound))
        sink.append(name, 0..<name.count, report)
        sink.endKey(report)
        sink.begin(.plain, line: line, column: column(value.lowerBound))
        sink.append(bytes, value, report)
        sink.endValue(report)
    }

    private mutating func openSection(
        _ bytes: [UInt8], _ name: Range<Int>, _ report: ValueSink.Report
    ) {
        sink.open(.mapping)
        sink.begin(.key, line: line, column: column(name.lowerBound))
        sink.append(bytes, name, report)
        sink.endKey(report)
        sink.open(.mapping)
    }

    private mutating func openPairs() {
        if sink.frames.isEmpty { sink.open(.mapping) }
    }

    private mutating func newLine(_ position: inout Int) {
        position += 1
        line += 1
        columns.startLine(at: position)
    }

    // MARK: Rests of lines

    private mutating func readRest(
        _ bytes: [UInt8], _ position: inout Int, _ report: ValueSink.Report
    ) {
        if isContinued {
            while position < bytes.count, TextByte.isBlank(bytes[position]) { position += 1 }
            guard position < bytes.count else { return }
            isContinued = false
        }
        let start = position
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        sink.append(bytes, start..<position, report)
        guard position < bytes.count else { return }
        if mode != .comment, endsInOddBackslashes() {
            _ = sink.cut(after: sink.text.count - 1)
            isContinued = true
            newLine(&position)
            return
        }
        endLine(report)
        newLine(&position)
    }

    private func endsInOddBackslashes() -> Bool {
        var count = 0
        for byte in sink.text.reversed() {
            guard byte == 0x5C else { break }
            count += 1
        }
        return count % 2 == 1
    }

    private mutating func endLine(_ report: ValueSink.Report) {
        let isComment = mode == .comment
        mode = .lineStart
        isContinued = false
        sink.trimBlanks()
        if isComment { return sink.endValue(report) }
        let text = sink.text
        let (line, column) = (sink.line, sink.column)
        guard let reading = SettingsReading(text) else { return sink.endValue(report) }
        if let comment = reading.comment {
            sink.begin(.comment, line: line, column: column)
            sink.append(text, comment, report)
            sink.endValue(report)
        }
        hand(reading.literal, reading.isQuoted, line, column, report)
        if let decoded = reading.decoded {
            hand(decoded, reading.isQuoted, line, column, report)
        }
    }

    private mutating func hand(
        _ text: [UInt8], _ isQuoted: Bool, _ line: Int, _ column: Int, _ report: ValueSink.Report
    ) {
        sink.begin(isQuoted ? .quoted : .plain, line: line, column: column)
        sink.append(text, 0..<text.count, report)
        sink.endValue(report)
    }
}
