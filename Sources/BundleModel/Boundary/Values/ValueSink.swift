/// Puts together one scalar at a time, knows under which keys it stands, and hands it out.
///
/// Bounded: a scalar above ``longest`` leaves in pieces that overlap by ``overlap`` bytes, of a key
/// the last ``longestKey`` bytes are kept, a value below more than ``mostKeys`` has the innermost
/// of them, and collections nested deeper than ``deepest`` are counted but add none.
///
/// What is done for each scalar is `mutating` throughout, for a method that is not is given a copy
/// of all the texts that it holds.
struct ValueSink {
    typealias Report = (ScannedValue) -> Void

    /// What looks for paths, where scalars are kept back in which no rule of the boundary finds
    /// anything: of hostile input with a value every few bytes, handing them out is most of the
    /// work. Nil where all are handed out.
    var hostPaths: HostPathScan?
    /// What keys say of paths.
    var facts = KeyMemory<KeyFacts>()
    static let longest = 256 * 1024
    static let overlap = 16 * 1024
    static let deepest = 1024
    static let mostKeys = 64
    private static let innermostKeys = 16
    static let longestKey = 256
    /// What waits for its sibling `name:` in one mapping.
    private static let mostHeld = 8
    private static let longestHeld = 16 * 1024

    /// A mapping or a sequence that is open.
    struct Frame {
        enum Kind { case mapping, sequence }

        let kind: Kind
        /// The column of its keys or dashes, from 0; -1 where columns mean nothing.
        let indent: Int
        /// Whether it is the pair of `[a: b]`, which no bracket closes.
        var isImplicit = false
        fileprivate(set) var hasKey = false
        fileprivate var name: [UInt8]?
        fileprivate var held: [ScannedValue] = []
        /// The item before, when it is a flag: `--token`.
        fileprivate(set) var flag: [UInt8]?
    }

    /// The rules, asked for once.
    private var rules: SecretScan?
    /// What was found out of the text at hand.
    private var prospect: SecretScan.Prospect?
    private var isPathless = false

    private(set) var frames: [Frame] = []
    /// Collections above ``deepest`` that wait for their end.
    private var uncounted = 0
    private(set) var keys: [[UInt8]] = []
    /// Whether ``keys`` say nothing of a secret; nil when that was not asked since they changed.
    private var areKeysSilent: Bool?
    /// What anchors mark.
    private(set) var anchors = YamlAnchors()
    /// The scalar in the making.
    private(set) var text: [UInt8] = []
    /// How much of ``text`` came from escapes, and is not trimmed at a line break.
    var protected = 0
    var style = ScannedValue.Style.plain
    private(set) var line = 1
    private(set) var column = 1
    private var linesBefore = 0
    /// Whether an escape wrote a line break that the file does not have.
    var hasWrittenBreak = false
    private var hasPieces = false
    private var isAlias = false
    /// The tag of the scalar.
    var tag: [UInt8]?
    /// The anchor before the scalar.
    var anchor: [UInt8]?

    // MARK: One scalar

    /// Starts a scalar at a line and a column, both from 1.
    mutating func begin(_ style: ScannedValue.Style, line: Int, column: Int) {
        clear()
        self.style = style
        self.line = line
        self.column = column
        linesBefore = 0
        hasWrittenBreak = false
        hasPieces = false
        tag = nil
        anchor = nil
    }

    mutating func append(_ byte: UInt8, _ report: Report) {
        text.append(byte)
        if text.count == Self.longest { handOutPiece(report) }
    }

    mutating func append(_ bytes: [UInt8], _ range: Range<Int>, _ report: Report) {
        var start = range.lowerBound
        while start < range.upperBound {
            let next = min(range.upperBound, start + Self.longest - text.count)
            text.append(contentsOf: bytes[start..<next])
            start = next
            if text.count == Self.longest { handOutPiece(report) }
        }
    }

    /// Joins the line after `count` line breaks as folding does: one is a blank.
    mutating func fold(_ count: Int, _ report: Report) {
        guard style != .binary, count > 0 else { return }
        if count == 1 { append(0x20, report) } else { appendBreaks(count - 1, report) }
    }

    mutating func appendBreaks(_ count: Int, _ report: Report) {
        guard style != .binary else { return }
        for _ in 0..<count { append(0x0A, report) }
    }

    /// Takes away blanks at the end that no escape wrote.
    mutating func trimBlanks() {
        var count = text.count
        while count > protected, text[count - 1] == 0x20 || text[count - 1] == 0x09 { count -= 1 }
        text.removeLast(text.count - count)
    }

    /// Takes away and gives back what follows the first `count` bytes.
    mutating func cut(after count: Int) -> [UInt8] {
        let tail = Array(text[min(count, text.count)...])
        text.removeLast(tail.count)
        return tail
    }

    private mutating func handOutPiece(_ report: Report) {
        emit(report)
        hasPieces = true
        let kept = Array(text[(text.count - Self.overlap)...])
        linesBefore += text[..<(text.count - Self.overlap)].count { $0 == 0x0A }
        text = kept
        text.reserveCapacity(Self.longest)
        protected = 0
    }

    private mutating func clear() {
        protected = 0
        if text.capacity > 4096 { text = [] } else { text.removeLast(text.count) }
    }

    // MARK: Handing out

    /// The scalar is a value, or a comment.
    mutating func endValue(_ report: Report) {
        if let anchor, style != .comment { anchors.mark(anchor, text) }
        if !text.isEmpty, !hasPieces || text.count > Self.overlap { emit(report) }
        clear()
    }

    /// An anchor stands before what comes next, which may be no scalar.
    mutating func openAnchor(_ name: [UInt8]) { anchors.open(name) }

    /// A value that an alias stands for.
    mutating func alias(of text: [UInt8], line: Int, column: Int, _ report: Report) {
        guard !text.isEmpty else { return }
        begin(.quoted, line: line, column: column)
        self.text = text
        isAlias = true
        emit(report)
        isAlias = false
        self.text = []
    }

    /// The scalar is a key of the innermost mapping.
    mutating func endKey(_ report: Report) {
        if hasPieces { return endValue(report) }
        let top = frames.indices.last
        // Its own last key is not around it.
        var own: [UInt8] = []
        if let top, frames[top].hasKey { own = keys.removeLast() }
        areKeysSilent = nil
        (prospect, isPathless) = (nil, false)
        if !text.isEmpty, !(isSecretless(.key) && holdsNoPath(.key)) {
            report(
                ScannedValue(
                    keys: keysAround, text: text, style: .key, line: line, column: column,
                    pairName: nil, prospect: prospect, isPathless: isPathless))
        }
        if let top, frames[top].kind == .mapping {
            own.removeLast(own.count)
            own.append(contentsOf: text.suffix(Self.longestKey))
            keys.append(own)
            frames[top].hasKey = true
        }
        clear()
    }

    /// The keys that a value is told.
    private var keysAround: [[UInt8]] {
        keys.count > Self.mostKeys ? Array(keys.suffix(Self.innermostKeys)) : keys
    }

    /// The innermost mapping's key is over, as behind a comma.
    mutating func clearKey() {
        guard let top = frames.indices.last, frames[top].hasKey else { return }
        frames[top].hasKey = false
        keys.removeLast()
        areKeysSilent = nil
    }

    private mutating func emit(_ report: Report) {
        (prospect, isPathless) = (nil, false)
        let top = frames.indices.last
        var pairName: [UInt8]?
        if style != .comment, let top, frames[top].hasKey, let key = keys.last {
            switch PairRole(key.span) {
            case .name where frames[top].name == nil && text.count <= 256:
                frames[top].name = text
                release(top, report)
            case .value:
                pairName = frames[top].name
                if pairName == nil, canHold(top) {
                    let held = value(nil)
                    frames[top].held.append(held)
                    return
                }
            default: break
            }
        }
        if pairName != nil || !isHarmless() { report(value(pairName)) }
        if let top, frames[top].kind == .sequence, style != .comment, style != .binary {
            if !isAlias { emitAssignment(report) }
            emitArgument(of: frames[top].flag, report)
            frames[top].flag = Self.flag(text)
        }
    }

    /// Whether no rule finds anything in the scalar, under the keys that it stands under.
    private mutating func isHarmless() -> Bool {
        guard !isAlias, isSecretless(style) else { return false }
        if style != .comment {
            let areSilent = areKeysSilent ?? areInnermostKeysSilent()
            areKeysSilent = areSilent
            if !areSilent { return false }
        }
        return holdsNoPath(style)
    }

    private mutating func areInnermostKeysSilent() -> Bool {
        let vocabulary = scan.keys
        return keys.suffix(2).allSatisfy { vocabulary.isSilent($0.span) }
    }

    /// Whether no rule finds anything in the value of an assignment, which stands at an index of
    /// the scalar.
    private mutating func isHarmless(assignedFrom start: Int) -> Bool {
        guard hostPaths != nil else { return false }
        let scan = scan
        let value = text.span.extracting(start..<text.count)
        guard HostPathScan.isPathless(value, style), !ScannedValue.mayBeBase64(value, style),
            scan.isHarmless(value), scan.keys.isSilent(text.span.extracting(first: start - 1))
        else { return false }
        return keys.last.map { scan.keys.isSilent($0.span) } ?? true
    }

    /// Whether the text at hand holds no secret, whatever its keys, and no text in base64.
    private mutating func isSecretless(_ style: ScannedValue.Style) -> Bool {
        guard hostPaths != nil else { return false }
        let scan = scan
        let prospect = scan.prospect(of: text.span)
        (self.prospect, isPathless) = (prospect, HostPathScan.isPathless(text.span, style))
        return !ScannedValue.mayBeBase64(text.span, style)
            && scan.isWhollyHarmless(text.span, prospect)
    }

    /// Whether the text at hand holds no path that is refused under its keys.
    private mutating func holdsNoPath(_ style: ScannedValue.Style) -> Bool {
        if isPathless || style == .binary { return true }
        guard let hostPaths else { return false }
        if style == .comment { return hostPaths.matches(inProse: text.span).isEmpty }
        let keys = keysAround
        var facts = KeyMemory<KeyFacts>()
        swap(&facts, &self.facts)
        defer { swap(&facts, &self.facts) }
        return hostPaths.matches(in: text.span, style, keys: keys, pairName: nil, &facts).isEmpty
    }

    var scan: SecretScan {
        mutating get {
            if let rules { return rules }
            let scan = SecretScan.scan(of: 0)
            rules = scan
            return scan
        }
    }

    /// `- --token`, `- x`: an item behind a flag is also a value under a key.
    private mutating func emitArgument(of flag: [UInt8]?, _ report: Report) {
        guard let flag, text.first != 0x2D else { return }
        report(
            ScannedValue(
                keys: keysAround + [flag], text: text, style: style, line: line, column: column,
                pairName: nil, isAlias: isAlias, prospect: prospect, isPathless: isPathless))
    }

    /// The name of a flag that has no value in itself.
    private static func flag(_ text: [UInt8]) -> [UInt8]? {
        guard text.count > 3, text.count <= 64, text[0] == 0x2D, text[1] == 0x2D,
            text.dropFirst(2).allSatisfy({ TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E })
        else { return nil }
        return Array(text.dropFirst(2))
    }

    private mutating func value(_ pairName: [UInt8]?) -> ScannedValue {
        let keepsLines = style == .block && !hasWrittenBreak
        return ScannedValue(
            keys: keysAround, text: text, style: style,
            line: line + (keepsLines ? linesBefore : 0), column: column, pairName: pairName,
            keepsLines: keepsLines, tag: tag, isAlias: isAlias, prospect: prospect,
            isPathless: isPathless)
    }

    private mutating func canHold(_ frame: Int) -> Bool {
        !hasPieces && text.count <= Self.longestHeld && frames[frame].held.count < Self.mostHeld
    }

    private mutating func release(_ frame: Int, _ report: Report) {
        guard !frames[frame].held.isEmpty else { return }
        for held in frames[frame].held {
            report(
                ScannedValue(
                    keys: held.keys, text: held.text, style: held.style, line: held.line,
                    column: held.column, pairName: frames[frame].name,
                    keepsLines: held.keepsLines, tag: held.tag, isAlias: held.isAlias))
        }
        frames[frame].held = []
    }

    /// `- KEY=value`, as lists of environment variables have it, is also a value under a key.
    private mutating func emitAssignment(_ report: Report) {
        guard let first = text.first, TextByte.isLetter(first) || first == 0x5F else { return }
        let limit = min(text.count, 128)
        var end = 1
        while end < limit, TextByte.isWord(text[end]) || text[end] == 0x2E || text[end] == 0x2D {
            end += 1
        }
        guard end < limit, text[end] == 0x3D, end + 1 < text.count,
            !isHarmless(assignedFrom: end + 1)
        else { return }
        report(
            ScannedValue(
                keys: keysAround + [Array(text[..<end])], text: Array(text[(end + 1)...]),
                style: style,
                line: line, column: column + end + (style == .quoted ? 2 : 1), pairName: nil))
    }

    // MARK: Collections

    mutating func open(_ kind: Frame.Kind, indent: Int = -1, isImplicit: Bool = false) {
        if frames.count == Self.deepest {
            uncounted += indent < 0 && !isImplicit ? 1 : 0
        } else {
            frames.append(Frame(kind: kind, indent: indent, isImplicit: isImplicit))
        }
    }

    mutating func close(_ report: Report) {
        if uncounted > 0 {
            uncounted -= 1
            return
        }
        guard let top = frames.indices.last else { return }
        release(top, report)
        if frames[top].hasKey { keys.removeLast() }
        areKeysSilent = nil
        frames.removeLast()
    }

    /// Closes collections until `count` are left.
    mutating func close(to count: Int, _ report: Report) {
        uncounted = 0
        while frames.count > count { close(report) }
    }

    mutating func closeAll(_ report: Report) { close(to: 0, report) }
}
