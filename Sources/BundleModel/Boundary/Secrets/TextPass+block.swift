extension TextPass {
    private static let heredocSigns = ByteSet.word.union(ByteSet(ascii: "-"))
    private static let heredocQuotes = ByteSet(ascii: "\"'")
    /// The longest name that ends a heredoc, and the longest line in a block.
    private static let longestName = 64
    private static let longestLine = 512
    /// How far a line of a block may be indented.
    private static let deepest = 80

    /// The value of a key where it stands in signs of more than one character: behind `<<NAME` alone on
    /// its line (HCL, shells, Ruby, PHP), or in `''` (Nix), also alone on a line there.
    ///
    /// A block of more lines is a text and not one value.
    func blockValue(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        var index = start
        let limit = min(bytes.count, start + 12)
        while index < limit, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index + 2 < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "<") {
            return heredoc(from: index + 2, in: bytes)
        }
        let quote = UInt8(ascii: "'")
        guard bytes[index] == quote, bytes[index + 1] == quote, bytes[index + 2] != quote else {
            return nil
        }
        return indentedString(from: index + 2, in: bytes)
    }

    private func heredoc(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        var index = start
        // `<<<NAME` is PHP's; `-` and `~` let the end be indented.
        while index < min(bytes.count, start + 2), "<-~".utf8.contains(bytes[index]) { index += 1 }
        let quote = byte(index, in: bytes)
        if Self.heredocQuotes.contains(quote) { index += 1 }
        let nameStart = index
        let limit = min(bytes.count, nameStart + Self.longestName)
        while index < limit, Self.heredocSigns.contains(bytes[index]) { index += 1 }
        let name = nameStart..<index
        guard !name.isEmpty else { return nil }
        if Self.heredocQuotes.contains(quote), byte(index, in: bytes) == quote { index += 1 }
        guard let line = lineStart(behind: index, in: bytes),
            let (value, next) = onlyLine(from: line, in: bytes)
        else { return nil }
        // Its end is the name, alone.
        let end = skippingIndent(from: next, in: bytes)
        guard bytes.count - end >= name.count else { return nil }
        for offset in 0..<name.count where bytes[end + offset] != bytes[name.lowerBound + offset] {
            return nil
        }
        return Self.heredocSigns.contains(byte(end + name.count, in: bytes)) ? nil : value
    }

    private func indentedString(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        if let line = lineStart(behind: start, in: bytes) {
            guard let (value, next) = onlyLine(from: line, in: bytes) else { return nil }
            let end = skippingIndent(from: next, in: bytes)
            return bytes.has("''", at: end) ? value : nil
        }
        var end = start
        let limit = min(bytes.count, start + Self.longestLine)
        while end < limit, bytes[end] != 0x0A {
            if bytes[end] == UInt8(ascii: "'"), bytes.has("''", at: end) {
                return end == start
                    ? nil : ValueText(range: start..<end, isQuoted: true, isClear: true)
            }
            end += 1
        }
        return nil
    }

    /// Where the next line starts, when nothing but blanks is left of this one.
    private func lineStart(behind start: Int, in bytes: Span<UInt8>) -> Int? {
        var index = start
        let limit = min(bytes.count, start + 16)
        while index < limit, " \t\r;".utf8.contains(bytes[index]) { index += 1 }
        return byte(index, in: bytes) == 0x0A ? index + 1 : nil
    }

    private func skippingIndent(from start: Int, in bytes: Span<UInt8>) -> Int {
        var index = start
        let limit = min(bytes.count, start + Self.deepest)
        while index < limit, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return index
    }

    /// What stands on a line without the blanks around it, and where the next line starts.
    private func onlyLine(
        from start: Int, in bytes: Span<UInt8>
    ) -> (ValueText, next: Int)? {
        let first = skippingIndent(from: start, in: bytes)
        var end = first
        let limit = min(bytes.count, first + Self.longestLine)
        while end < limit, bytes[end] != 0x0A { end += 1 }
        guard byte(end, in: bytes) == 0x0A else { return nil }
        let next = end + 1
        while end > first, bytes[end - 1] <= 0x20 { end -= 1 }
        guard end > first else { return nil }
        return (ValueText(range: first..<end, isQuoted: true, isClear: true), next)
    }
}
