/// P4, and paths behind percent-encoding.
extension HostPathPass {
    /// Whether a value of one word leads out of the bundle.
    mutating func escape(_ text: Span<UInt8>) -> HostPathKind? {
        guard text.count <= PathToken.longest else { return nil }
        var start = (text.lastIndex(of: 0x3D) ?? -1) + 1
        if Self.isFile(text, at: start) { start += 5 }
        let reference = text.extracting(start..<text.count)
        if reference.contains(0), reference.contains(0x2F) || reference.contains(0x2E) {
            return .escape
        }
        let hasDots = Self.hasDots(reference)
        let isEncoded = hasEncodedMark(reference)
        guard hasDots || isEncoded, !Self.hasScheme(reference) else { return nil }
        guard isEncoded else { return leaves(reference) ? .escape : nil }
        let decoded = PercentText.decoded(reference)
        let path = decoded.span
        guard hasDots || Self.hasDots(path) else { return nil }
        return leaves(path) ? .escape : nil
    }

    private mutating func hasEncodedMark(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] == 0x25 && isEncodedMark(index, in: text) {
            return true
        }
        return false
    }

    /// Whether the parts of a path lead above where it starts.
    private mutating func leaves(_ path: Span<UInt8>) -> Bool {
        var level = depth
        var start = 0
        for index in 0...path.count
        where index == path.count || Self.separates(path[index]) {
            let part = start..<index
            start = index + 1
            if part.isEmpty || part.count == 1 && path[part.lowerBound] == 0x2E { continue }
            let isUp =
                part.count == 2 && path[part.lowerBound] == 0x2E
                && path[part.lowerBound + 1] == 0x2E
            level += isUp ? -1 : 1
            if level < 0 { return true }
        }
        return false
    }

    private static func isFile(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start + 5 <= text.count, text[start] | 0x20 == 0x66 else { return false }
        return text.copy(start..<start + 5).map(TextByte.lower).elementsEqual("file:".utf8)
    }

    private static func separates(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

    private static func hasDots(_ text: Span<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for index in text.indices {
            if text[index] == 0x2E, previous == 0x2E { return true }
            previous = text[index]
        }
        return false
    }

    private static func hasScheme(_ text: Span<UInt8>) -> Bool {
        guard let colon = text.firstIndex(of: 0x3A) else { return false }
        return text.has("//", at: colon + 1)
    }

    /// Reads the word around a percent-encoded byte; nil when no path can be behind it.
    mutating func readEncoded(_ index: Int, in text: Span<UInt8>) -> Int? {
        guard !isDecoded, isEncodedMark(index, in: text) else { return nil }
        var start = index
        while start > floor, index - start < 512, !Self.endsWord(text[start - 1]) { start -= 1 }
        var end = index
        let limit = min(text.count, index + PathToken.longest)
        while end < limit, !Self.endsWord(text[end]) { end += 1 }
        // Of one byte alone only `~` is a path.
        if end - start == 3, byte(index + 1, in: text) != 0x37 { return end }
        let decoded = PercentText.decoded(text.extracting(start..<end))
        var pass = HostPathPass(decoded.span, rules: rules, shape: shape, depth: depth)
        pass.isDecoded = true
        pass.readText(decoded.span)
        if let first = pass.found.first, let kind = HostPathKind(rawValue: first.rule) {
            report(kind, start..<end, in: text)
        }
        return end
    }

    /// Whether the escape stands for one of `/ \ . ~ : % $`, or begins one that may.
    private mutating func isEncodedMark(_ index: Int, in text: Span<UInt8>) -> Bool {
        let (first, second) = (byte(index + 1, in: text), byte(index + 2, in: text))
        guard let high = TextByte.hex(first), let low = TextByte.hex(second)
        else { return first | 0x20 == 0x75 && second == 0x30 }
        switch high << 4 | low {
        case 0x2F, 0x5C, 0x2E, 0x7E, 0x3A, 0x24, 0xC0, 0xE0: return true
        // What was encoded twice: `%252F`, `%25u002F`, `%25%32F`.
        case 0x25:
            let next = byte(index + 3, in: text)
            return next == 0x25 || next | 0x20 == 0x75 || TextByte.hex(next) != nil
        default: return false
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        // Not `$` and `:`, which the escapes of a word may belong to.
        byte == 0x3D || byte == 0x3F || (PathToken.ends(byte) && byte != 0x24 && byte != 0x3A)
    }
}
