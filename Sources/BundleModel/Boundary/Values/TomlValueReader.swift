/// Reads the scalars of TOML, and never fails: what is no TOML is handed out as text.
///
/// Like ``TreeValueReader`` it keeps its state between calls and reads each byte once.
struct TomlValueReader {
    enum Mode {
        /// Before a key, a table's name, a comment, or the end of an inline table.
        case key
        /// Inside a key without quotes.
        case bareKey
        /// Behind a part of a key: `.`, `=` or `]`.
        case afterKey
        case value
        case bareValue
        /// Inside quotes, of a key or a value.
        case quoted
        /// Inside three quotes.
        case longQuoted
        case comment
        /// Behind a value, up to a comma, a bracket or the line's end.
        case afterValue
    }

    /// Brackets that are open: an array or an inline table.
    private struct Bracket {
        let isArray: Bool
        let base: Int
    }

    private static let deepest = 1024

    var sink = ValueSink()
    var mode = Mode.key
    var line: Int
    private var columns = LineColumns()
    private var brackets: [Bracket] = []
    /// Brackets above the deepest that is kept.
    private var uncounted = 0
    /// Whether the key at hand is the name of a table.
    private var isTable = false
    /// The collections around the keys of the table.
    private var tableBase = 1
    var isKey = false
    var quote: UInt8 = 0
    /// How many line breaks to drop: one right behind the opening quotes, all behind `\`.
    var dropsBreak = false
    var dropsBlanks = false

    init(firstLine: Int = 1) { line = firstLine }

    /// The collections around the pair or element at hand.
    private var pairBase: Int { brackets.last?.base ?? tableBase }

    func column(_ position: Int) -> Int { columns.column(position) }

    mutating func newLine(_ position: inout Int) {
        position += 1
        line += 1
        columns.startLine(at: position)
    }

    /// Reads as far as the bytes decide, and tells how many were used.
    mutating func read(
        _ bytes: [UInt8], _ isLast: Bool, _ report: ValueSink.Report
    ) -> Int {
        var position = 0
        let input = TreeValueReader.Input(bytes: bytes, isLast: isLast)
        columns.begin(bytes)
        while position < bytes.count, step(input, &position, report) {}
        columns.end(used: position)
        if isLast {
            if mode == .bareValue || mode == .bareKey { sink.trimBlanks() }
            sink.endValue(report)
            sink.closeAll(report)
        }
        return position
    }

    private mutating func step(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        switch mode {
        case .key, .afterKey, .value, .afterValue:
            while position < input.bytes.count, TextByte.isBlank(input.bytes[position]) {
                position += 1
            }
            guard position < input.bytes.count else { return true }
            switch mode {
            case .key: return stepKey(input, &position, report)
            case .afterKey: stepAfterKey(input.bytes[position], &position, report)
            case .value: return stepValue(input, &position, report)
            default: stepAfterValue(input.bytes[position], &position, report)
            }
            return true
        case .bareKey: stepBareKey(input.bytes, &position, report)
        case .bareValue: stepBareValue(input.bytes, &position, report)
        case .quoted, .longQuoted: return stepQuoted(input, &position, report)
        case .comment: stepComment(input.bytes, &position, report)
        }
        return true
    }

    // MARK: Keys

    private mutating func stepKey(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let byte = input.bytes[position]
        switch byte {
        case 0x0A: newLine(&position)
        case 0x23: startComment(&position)
        case 0x5B where brackets.isEmpty:
            guard let next = input.byte(position + 1) else { return false }
            sink.closeAll(report)
            sink.open(.mapping)
            isTable = true
            position += next == 0x5B ? 2 : 1
        case 0x7D where !brackets.isEmpty, 0x5D where !brackets.isEmpty:
            closeBracket(&position, report)
        case 0x2C: position += 1
        case 0x22, 0x27:
            startKey()
            isKey = true
            return startQuoted(input, &position, report)
        default:
            startKey()
            sink.begin(.key, line: line, column: column(position))
            mode = .bareKey
        }
        return true
    }

    private mutating func startKey() {
        if sink.frames.isEmpty { sink.open(.mapping) }
    }

    private mutating func stepBareKey(
        _ bytes: [UInt8], _ position: inout Int, _ report: ValueSink.Report
    ) {
        let start = position
        while position < bytes.count, !Self.endsKey(bytes[position]) { position += 1 }
        sink.append(bytes, start..<position, report)
        guard position < bytes.count else { return }
        sink.trimBlanks()
        switch bytes[position] {
        case 0x2E, 0x3D: endKeyPart(report)
        case 0x5D where isTable: endKeyPart(report)
        default:
            // No pair: the text of the line.
            sink.style = .plain
            sink.endValue(report)
            endPair(report)
            if !belongsToOthers(bytes[position]) { position += 1 }
        }
    }

    private mutating func endKeyPart(_ report: ValueSink.Report) {
        sink.endKey(report)
        mode = .afterKey
    }

    /// Whether a byte that ends a broken pair means something to what is around it.
    private func belongsToOthers(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x23, 0x2C: true
        case 0x5D, 0x7D: !brackets.isEmpty
        default: false
        }
    }

    private static func endsKey(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x2E, 0x3D, 0x5D, 0x7D, 0x2C, 0x22, 0x27, 0x23: true
        default: false
        }
    }

    private mutating func stepAfterKey(
        _ byte: UInt8, _ position: inout Int, _ report: ValueSink.Report
    ) {
        switch byte {
        case 0x2E:
            sink.open(.mapping)
            position += 1
            mode = .key
        case 0x3D:
            position += 1
            mode = .value
        case 0x5D where isTable:
            endTable()
            position += 1
            mode = .afterValue
        default:
            endPair(report)
            if !belongsToOthers(byte) { position += 1 }
        }
    }

    // MARK: Values

    private mutating func stepValue(
        _ input: TreeValueReader.Input, _ position: inout Int, _ report: ValueSink.Report
    ) -> Bool {
        let byte = input.bytes[position]
        switch byte {
        case 0x0A:
            if brackets.isEmpty { endPair(report) }
            newLine(&position)
        case 0x23: startComment(&position)
        case 0x22, 0x27:
            isKey = false
            return startQuoted(input, &position, report)
        case 0x5B, 0x7B: openBracket(isArray: byte == 0x5B, &position)
        case 0x5D where !brackets.isEmpty, 0x7D where !brackets.isEmpty:
            closeBracket(&position, report)
        case 0x2C where !brackets.isEmpty: position += 1
        default:
            sink.begin(.plain, line: line, column: column(position))
            mode = .bareValue
        }
        return true
    }

    private mutating func stepBareValue(
        _ bytes: [UInt8], _ position: inout Int, _ report: ValueSink.Report
    ) {
        let start = position
        while position < bytes.count, !endsBareValue(bytes[position]) { position += 1 }
        sink.append(bytes, start..<position, report)
        guard position < bytes.count else { return }
        sink.trimBlanks()
        sink.endValue(report)
        mode = .afterValue
    }

    private func endsBareValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x23: true
        case 0x2C, 0x5D, 0x7D: !brackets.isEmpty
        default: false
        }
    }

    mutating func stepAfterValue(
        _ byte: UInt8, _ position: inout Int, _ report: ValueSink.Report
    ) {
        switch byte {
        case 0x0A:
            if brackets.last?.isArray != true { endPair(report) }
            newLine(&position)
        case 0x23: startComment(&position)
        case 0x2C where !brackets.isEmpty:
            position += 1
            endPair(report)
        case 0x5D, 0x7D:
            if brackets.isEmpty { position += 1 } else { closeBracket(&position, report) }
        default:
            if brackets.last?.isArray == true {
                mode = .value
            } else {
                sink.begin(.plain, line: line, column: column(position))
                sink.append(byte, report)
                position += 1
                mode = .bareValue
            }
        }
    }

    /// The pair is complete: its dotted keys are closed.
    private mutating func endPair(_ report: ValueSink.Report) {
        if isTable { endTable() }
        sink.close(to: pairBase, report)
        mode = brackets.last?.isArray == true ? .value : .key
    }

    private mutating func endTable() {
        sink.open(.mapping)
        isTable = false
        tableBase = sink.frames.count
    }

    private mutating func openBracket(isArray: Bool, _ position: inout Int) {
        position += 1
        if brackets.count == Self.deepest {
            uncounted += 1
        } else {
            brackets.append(Bracket(isArray: isArray, base: sink.frames.count + 1))
            sink.open(isArray ? .sequence : .mapping)
        }
        mode = isArray ? .value : .key
    }

    private mutating func closeBracket(_ position: inout Int, _ report: ValueSink.Report) {
        position += 1
        mode = .afterValue
        if uncounted > 0 {
            uncounted -= 1
        } else if let bracket = brackets.popLast() {
            sink.close(to: bracket.base - 1, report)
        }
    }

    // MARK: Comments

    private mutating func startComment(_ position: inout Int) {
        sink.begin(.comment, line: line, column: column(position) + 1)
        position += 1
        behindComment = mode
        mode = .comment
    }

    private var behindComment = Mode.key

    private mutating func stepComment(
        _ bytes: [UInt8], _ position: inout Int, _ report: ValueSink.Report
    ) {
        let start = position
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        sink.append(bytes, start..<position, report)
        guard position < bytes.count else { return }
        sink.endValue(report)
        mode = behindComment
    }
}
