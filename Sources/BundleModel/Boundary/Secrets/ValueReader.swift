/// Reads the value that follows a key in running text.
struct ValueReader {
    private static let quotes: [(open: String, close: [UInt8])] = [
        ("\\\"", Array("\\\"".utf8)), ("\"", [0x22]), ("'", [0x27]), ("`", [0x60]),
        ("「", Array("」".utf8)), ("『", Array("』".utf8)), ("“", Array("”".utf8)),
        ("‘", Array("’".utf8)),
    ]
    private static let openings = ByteSet(quotes.map { $0.open.utf8.first ?? 0 })
    private static let longest = 512
    private static let marks = ByteSet(ascii: ".:?*_")
    private static let room = ByteSet(ascii: " \t*")
    private static let closers = ByteSet(ascii: ",;\"'`|")
    private static let brackets = ByteSet(ascii: ")]}>")

    private var index: Int
    /// The text without spaces that was looked at last.
    private(set) var bare: Range<Int>

    init(start: Int, bare: Range<Int>) {
        index = start
        self.bare = bare
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
        if bytes.has("　", at: index) { index += 3 }
    }

    private mutating func readOne(in bytes: Span<UInt8>) -> ValueText? {
        guard index < bytes.count else { return nil }
        guard Self.openings.contains(bytes[index]) else { return readBare(in: bytes) }
        for (open, close) in Self.quotes where bytes.has(open, at: index) {
            let start = index + open.utf8.count
            var end = start
            let limit = min(bytes.count, start + Self.longest)
            while end < limit, bytes[end] != UInt8(ascii: "\n") {
                if bytes[end] == close[0], bytes.copy(end..<min(limit, end + close.count)) == close
                {
                    return ValueText(
                        range: start..<end, isQuoted: true, isClear: true)
                }
                end += 1
            }
            // So long a text, or one that is not closed, is read up to a space.
            index = start
            break
        }
        return readBare(in: bytes)
    }

    /// Up to a space, a closing sign or the end of ASCII; placeholders belong to it whole.
    private mutating func readBare(in bytes: Span<UInt8>) -> ValueText? {
        let start = index
        var end = bare.contains(start) ? bare.upperBound : start
        let limit = min(bytes.count, start + Self.longest)
        while end < limit {
            let byte = bytes[end]
            if byte <= 0x20 || byte >= 0x7F || Self.closers.contains(byte)
                || isEnd(byte, at: end, in: bytes)
            {
                break
            }
            if Self.brackets.contains(byte), !isOpened(byte, start..<end, in: bytes) { break }
            end += 1
        }
        bare = start..<end
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
        case UInt8(ascii: "\\"): index + 1 < bytes.count && "nrt".utf8.contains(bytes[index + 1])
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
        return "\n\r#|".utf8.contains(bytes[index]) || bytes[index] >= 0x80
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
