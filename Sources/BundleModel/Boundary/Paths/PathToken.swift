/// A path as it stands in a text, from its first byte to the blank, quote or bracket behind it.
struct PathToken {
    /// No path is looked at further than this.
    static let longest = 4096

    let range: Range<Int>
    /// What stands between its slashes.
    let segments: PathSegments
    /// Whether a slash ends it.
    let endsInSlash: Bool
    /// The byte behind it, or 0 at the end of the text.
    let next: UInt8

    /// Reads the path whose first byte is at `start`.
    init(_ text: Span<UInt8>, at start: Int, separator: UInt8 = 0x2F) {
        var end = start
        let limit = min(text.count, start + Self.longest)
        var segments = PathSegments(from: start)
        var segment = start
        let isWindows = separator == 0x5C
        while end < limit {
            let byte = text[end]
            if byte == 0x2F || byte == separator {
                if end > segment { segments.append(segment..<end) }
                segment = end + 1
            } else if Self.ends(byte),
                !(isWindows && Self.belongs(byte, at: end, in: text, from: start))
            {
                break
            }
            end += 1
        }
        next = end < text.count ? text[end] : 0
        // Punctuation of the sentence around it.
        while end > segment, text[end - 1] == 0x2E || text[end - 1] == 0x21 || text[end - 1] == 0x3F
        {
            if text.extracting(segment..<end).allSatisfy({ $0 == 0x2E }) { break }
            end -= 1
        }
        if end > segment { segments.append(segment..<end) }
        endsInSlash = end == segment && end > start
        range = start..<end
        self.segments = segments
    }

    /// Whether the path goes on with something that is filled in: `/home/<user>`, `/home/{user}`.
    var isOpen: Bool {
        endsInSlash && (next == 0x3C || next == 0x7B || next == 0x24 || next == 0x5B)
    }

    /// The colon of a drive, and the dollar that ends the name of a hidden share: `wsl$`.
    private static func belongs(
        _ byte: UInt8, at index: Int, in text: Span<UInt8>, from start: Int
    ) -> Bool {
        if byte == 0x3A { return index == start + 1 }
        return byte == 0x24 && index > start && TextByte.isWord(text[index - 1])
            && (index + 1 == text.count || text[index + 1] == 0x5C || text[index + 1] == 0x2F)
    }

    /// Whether a byte ends a path: blanks, quotes, brackets and what joins words of a command line.
    static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0x22, 0x24, 0x27, 0x28, 0x29, 0x26, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B,
            0x5D, 0x60, 0x7B, 0x7C, 0x7D:
            true
        default: false
        }
    }
}
