/// Reads the value that follows a key in running text.
struct ValueReader {
    private static let quotes = [
        ("\\\"", "\\\""), ("\"", "\""), ("'", "'"), ("`", "`"), ("「", "」"), ("『", "』"),
        ("“", "”"), ("‘", "’"),
    ].map { (open: Array($0.utf8), close: Array($1.utf8)) }
    private static let openings = ByteSet(quotes.map { $0.open[0] })
    private static let longest = 512
    private static let marks = ByteSet(ascii: ".:?*_")
    private static let room = ByteSet(ascii: " \t*")
    private static let closers = ByteSet(ascii: ",;\"'`|")
    private static let lineEscapes = ByteSet(ascii: "nrt")
    private static let lineEnds = ByteSet(ascii: "\n\r#|")
    private static let brackets = ByteSet(ascii: ")]}>")
    /// What may end a value without quotes.
    private static let bareSigns = closers.union(brackets).union(ByteSet(ascii: "&\\<"))
        .union(ByteSet(0...0x20)).union(ByteSet(0x7F...0xFF))

    private var index: Int
    private(set) var looked: Looked

    /// What earlier looks at values of the same text remember.
    struct Looked {
        /// The text without spaces that was looked at last.
        fileprivate var bare = 0..<0
        /// What was searched for a closing quote.
        fileprivate var quoted = Stretch()
    }

    init(start: Int, looked: Looked) {
        index = start
        self.looked = looked
    }

    mutating func read(in bytes: Span<UInt8>) -> ValueText? {
        for _ in 0..<2 {
            skipRoom(in: bytes)
            guard let value = readOne(in: bytes) else { return nil }
            guard !value.isQuoted, let next = startBehindWord(value.range, in: bytes) else {
                return value
            }
            index = next
        }
        return nil
    }

    private mutating func skipRoom(in bytes: Span<UInt8>) {
        let limit = min(bytes.count, index + 12)
        while index < limit, Self.room.contains(bytes[index]) { index += 1 }
        // The full-width space.
        if index < bytes.count, bytes[index] == 0xE3, bytes.has("　", at: index) { index += 3 }
    }

    private mutating func readOne(in bytes: Span<UInt8>) -> ValueText? {
        guard index < bytes.count else { return nil }
        guard Self.openings.contains(bytes[index]) else { return readBare(in: bytes) }
        for (number, quote) in Self.quotes.enumerated()
        where bytes.has(quote.open, at: index) {
            let start = index + quote.open.count
            let limit = min(bytes.count, start + Self.longest)
            if let end = end(ofQuote: number, from: start, to: limit, in: bytes) {
                return ValueText(range: start..<end, isQuoted: true, isClear: true)
            }
            // So long a text, or one that is not closed, is read up to a space.
            index = start
            break
        }
        return readBare(in: bytes)
    }

    /// Where a closing quote stands before the end of the line and a limit.
    private mutating func end(
        ofQuote number: Int, from start: Int, to limit: Int, in bytes: Span<UInt8>
    ) -> Int? {
        let text = Self.quotes[number].close
        let close = text.span
        // Its last byte, so that what was searched ends before a whole quote.
        let sign = close[close.count - 1]
        var end = looked.quoted.end(without: number, from: start)
        defer { looked.quoted.add(number, from: start, to: min(end, limit)) }
        while end < limit, bytes[end] != UInt8(ascii: "\n") {
            if bytes[end] == sign, end + 1 - close.count >= start {
                let first = end + 1 - close.count
                var index = 0
                while index < close.count, bytes[first + index] == close[index] { index += 1 }
                if index == close.count { return first }
            }
            end += 1
        }
        return nil
    }

    /// Up to a space, a closing sign or the end of ASCII; placeholders belong to it whole.
    private mutating func readBare(in bytes: Span<UInt8>) -> ValueText? {
        let start = index
        var end = looked.bare.contains(start) ? looked.bare.upperBound : start
        let limit = min(bytes.count, start + Self.longest)
        let signs = Self.bareSigns
        while end < limit {
            let byte = bytes[end]
            guard signs.contains(byte) else {
                end += 1
                continue
            }
            if byte <= 0x20 || byte >= 0x7F || Self.closers.contains(byte)
                || isEnd(byte, at: end, in: bytes)
            {
                break
            }
            if Self.brackets.contains(byte), !isOpened(byte, start..<end, in: bytes) { break }
            end += 1
        }
        looked.bare = start..<end
        // What ends the sentence or the emphasis is no part of it; a `!` may be.
        while end > start, Self.marks.contains(bytes[end - 1]) { end -= 1 }
        guard end > start else { return nil }
        let after = end < bytes.count ? bytes[end] : 0x0A
        let isClear = after != 0x20 && after != 0x09 || isLineEnd(end, in: bytes)
        return ValueText(range: start..<end, isQuoted: false, isClear: isClear)
    }

    /// Whether the text around ends here: the next pair of a query, an escape, a tag.
    private func isEnd(_ byte: UInt8, at index: Int, in bytes: Span<UInt8>) -> Bool {
        switch byte {
        // `&str` is a type.
        case UInt8(ascii: "&"): index > self.index
        case UInt8(ascii: "\\"):
            index + 1 < bytes.count && Self.lineEscapes.contains(bytes[index + 1])
        case UInt8(ascii: "<"): bytes.has("</", at: index) || bytes.has("<br", at: index)
        default: false
        }
    }

    private func isOpened(_ close: UInt8, _ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let open: UInt8 =
            switch close {
            case UInt8(ascii: ")"): UInt8(ascii: "(")
            case UInt8(ascii: "]"): UInt8(ascii: "[")
            case UInt8(ascii: "}"): UInt8(ascii: "{")
            default: UInt8(ascii: "<")
            }
        for index in range where bytes[index] == open { return true }
        return false
    }

    private func isLineEnd(_ end: Int, in bytes: Span<UInt8>) -> Bool {
        var index = end
        let limit = min(bytes.count, end + 8)
        while index < limit, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < bytes.count else { return true }
        return Self.lineEnds.contains(bytes[index]) || bytes[index] >= 0x80
            || bytes.has("//", at: index) || bytes.has("-->", at: index)
    }

    /// `Bearer x`: what follows the word; `String = x`: what follows the type.
    private func startBehindWord(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        var end = range.upperBound
        // `String? = x`
        if end < bytes.count, bytes[end] == UInt8(ascii: "?") { end += 1 }
        guard range.count <= 24, end < bytes.count, bytes[end] == 0x20 else { return nil }
        if bytes.has("= ", at: end + 1) { return end + 3 }
        let isScheme = AuthenticationScheme.names.number(
            of: bytes.extracting(range), isFolded: true)
        return isScheme != nil ? range.upperBound + 1 : nil
    }
}
