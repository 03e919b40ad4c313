/// One reading of a text from its first byte to its last.
///
/// It stops at bytes that can open a path (`/ ~ $ % \ @`), decides there by looking at a bounded
/// stretch around them, and goes on behind what it looked at. All of its methods are `mutating`, for
/// one that is not may be handed a copy of it.
struct HostPathPass {
    let rules: HostPathRules
    /// Nil for prose and code.
    var shape: ValueShape?
    /// Whether P1 holds for all of the text.
    let isStrict: Bool
    let depth: Int
    private(set) var found: [BoundaryMatch] = []
    /// Behind so many a text is not read on: it is refused anyway, and its refusals cost memory.
    static let mostMatches = 1000
    /// Nothing before it is looked at again.
    private(set) var floor = 0
    /// Files in /tmp that a command of the text writes itself, so that it may read them, too.
    var scratch: Set<[UInt8]> = []
    /// The start of a word, and how far it was followed, by the look for flags that mount.
    var mountWord = 0..<0
    /// Whether the text is `type=bind,src=…` of a container's command line.
    let isBindMount: Bool
    /// Whether the text was decoded from another, and is not decoded again.
    var isDecoded = false

    init(_ text: Span<UInt8>, rules: HostPathRules, shape: ValueShape?, depth: Int) {
        self.rules = rules
        self.shape = shape
        self.depth = depth
        isStrict = shape?.isProse == false
        isBindMount = shape != nil && text.has("type=bind", at: 0)
    }

    /// `/ ~ $ % \ @`
    static func isCandidate(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2F, 0x7E, 0x24, 0x25, 0x5C, 0x40: true
        default: false
        }
    }

    /// Reads a value: as one reference first, then byte by byte.
    mutating func readValue(_ text: Span<UInt8>) {
        guard let shape, !shape.isPattern else { return }
        if shape.isOneWord, !shape.isKey {
            if let kind = escape(text) ?? wholeKind(text) {
                report(kind, 0..<text.count, in: text)
                return
            }
        }
        if shape.isKey, let kind = keyKind(text) {
            report(kind, 0..<text.count, in: text)
            return
        }
        readText(text)
    }

    /// Reads a text from candidate to candidate.
    mutating func readText(_ text: Span<UInt8>) {
        var index = 0
        let count = text.count
        while index < count, found.count < Self.mostMatches {
            let byte = text[index]
            guard Self.isCandidate(byte) else {
                index += 1
                continue
            }
            let next =
                switch byte {
                case 0x2F: readSlash(index, in: text)
                case 0x7E: readTilde(index, in: text)
                case 0x24: readDollar(index, in: text)
                case 0x25: readPercent(index, in: text)
                case 0x5C: readBackslash(index, in: text)
                default: readAt(index, in: text)
                }
            if next > index + 1 { floor = next }
            index = max(next, index + 1)
        }
    }

    mutating func report(_ kind: HostPathKind, _ range: Range<Int>, in text: Span<UInt8>) {
        guard let rule = rules.rule(kind), isStrict || isText(range, in: text) else { return }
        // Four characters have at most sixteen bytes.
        let start = text.copy(range.prefix(16))
        found.append(
            BoundaryMatch(
                rule: rule.id, offset: range.lowerBound,
                excerpt: String(String(decoding: start, as: UTF8.self).prefix(4)),
                what: rule.what, hint: rule.hint))
    }

    /// Whether a match is text, and no bytes of an image that happen to look like it.
    ///
    /// A short one counts only if what stands around it is text too.
    private mutating func isText(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        var range = range
        if range.count < 12 {
            range = max(0, range.lowerBound - 8)..<min(text.count, range.upperBound + 8)
        }
        // Whole characters: a continuation byte is 10xxxxxx.
        var start = range.lowerBound
        while start > 0, start < range.upperBound, text[start] & 0xC0 == 0x80 { start += 1 }
        var end = range.upperBound
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        let slice = text.copy(start..<end)
        return !slice.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F }
            && String(validating: slice, as: UTF8.self) != nil
    }

    /// The byte there, or 0 outside of the text.
    @inline(__always)
    mutating func byte(_ index: Int, in text: Span<UInt8>) -> UInt8 {
        index >= 0 && index < text.count ? text[index] : 0
    }

    /// Whether a path can begin at `index`: nothing before it that it would be a part of.
    mutating func isStart(_ index: Int, in text: Span<UInt8>) -> Bool {
        guard index > 0 else { return true }
        let before = text[index - 1]
        switch before {
        case 0x3E: return !isPlaceholderEnd(index - 1, in: text)
        case 0x41...0x5A, 0x61...0x7A:
            // A flag with its value: -I/opt/include.
            return byte(index - 2, in: text) == 0x2D
                && (index < 3 || TextByte.isSpace(text[index - 3]))
        default: return Self.starts(before)
        }
    }

    /// Whether the `>` closes a placeholder, `<base>/x`, and not a tag or a redirection.
    private mutating func isPlaceholderEnd(_ index: Int, in text: Span<UInt8>) -> Bool {
        var start = index - 1
        while start >= max(0, index - 24), TextByte.isWord(text[start]) || text[start] == 0x2D {
            start -= 1
        }
        guard start >= 0, text[start] == 0x3C else { return false }
        return !Self.tags.contains(text.extracting((start + 1)..<index))
    }

    private static let tags = WordSet([
        "code", "td", "th", "li", "p", "pre", "b", "i", "em", "strong", "span", "a", "path", "kbd",
        "tt", "div", "file", "directory", "dir", "source", "document",
    ])

    /// Blanks, quotes, opening brackets, what joins words, and characters beyond ASCII.
    private static func starts(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x80...0xFF, 0x21, 0x22, 0x26, 0x27, 0x28, 0x2C, 0x3A, 0x3B, 0x3D, 0x40,
            0x5B, 0x60, 0x7B, 0x7C:
            true
        default: false
        }
    }
}
