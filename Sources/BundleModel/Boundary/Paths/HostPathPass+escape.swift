/// P4, and paths behind percent-encoding.
extension HostPathPass {
    /// Whether a value of one word leads out of the bundle.
    func escape() -> HostPathKind? {
        guard text.count <= PathToken.longest else { return nil }
        var reference = text[...]
        if let equals = reference.lastIndex(of: 0x3D) { reference = reference[(equals + 1)...] }
        if Self.isFile(reference) {
            reference = reference.dropFirst(5)
        }
        if reference.contains(0), reference.contains(0x2F) || reference.contains(0x2E) {
            return .escape
        }
        let hasDots = Self.hasDots(reference)
        let isEncoded = reference.indices.contains { reference[$0] == 0x25 && isEncodedMark($0) }
        guard hasDots || isEncoded, !Self.hasScheme(reference) else { return nil }
        let path = isEncoded ? PercentText.decoded(reference)[...] : reference
        guard hasDots || Self.hasDots(path) else { return nil }
        return leaves(path) ? .escape : nil
    }

    /// Whether the parts of a path lead above where it starts.
    private func leaves(_ path: ArraySlice<UInt8>) -> Bool {
        var level = depth
        var start = path.startIndex
        for index in path.startIndex...path.endIndex
        where index == path.endIndex || Self.separates(path[index]) {
            let part = path[start..<index]
            start = index + 1
            if part.isEmpty || part.count == 1 && part.first == 0x2E { continue }
            level += part.count == 2 && part.first == 0x2E && part.last == 0x2E ? -1 : 1
            if level < 0 { return true }
        }
        return false
    }

    private static func isFile(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first | 0x20 == 0x66 else { return false }
        return text.prefix(5).map(TextByte.lower).elementsEqual("file:".utf8)
    }

    private static func separates(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

    private static func hasDots(_ text: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in text {
            if byte == 0x2E, previous == 0x2E { return true }
            previous = byte
        }
        return false
    }

    private static func hasScheme(_ text: ArraySlice<UInt8>) -> Bool {
        guard let colon = text.firstIndex(of: 0x3A) else { return false }
        return text[(colon + 1)...].starts(with: "//".utf8)
    }

    /// Reads the word around a percent-encoded byte; nil when no path can be behind it.
    mutating func readEncoded(_ index: Int) -> Int? {
        guard !isDecoded, isEncodedMark(index) else { return nil }
        var start = index
        while start > floor, index - start < 512, !Self.endsWord(byte(start - 1)) { start -= 1 }
        var end = index
        let limit = min(text.count, index + PathToken.longest)
        while end < limit, !Self.endsWord(byte(end)) { end += 1 }
        // Of one byte alone only `~` is a path.
        if end - start == 3, byte(index + 1) != 0x37 { return end }
        let decoded = PercentText.decoded(text[start..<end])
        var pass = HostPathPass(decoded, rules: rules, shape: shape, depth: depth)
        pass.isDecoded = true
        pass.readText()
        if let first = pass.found.first, let kind = HostPathKind(rawValue: first.rule) {
            report(kind, start..<end)
        }
        return end
    }

    /// Whether the escape stands for one of `/ \ . ~ : % $`, or begins one that may.
    private func isEncodedMark(_ index: Int) -> Bool {
        guard let high = TextByte.hex(byte(index + 1)), let low = TextByte.hex(byte(index + 2))
        else { return byte(index + 1) | 0x20 == 0x75 && byte(index + 2) == 0x30 }
        switch high << 4 | low {
        case 0x2F, 0x5C, 0x2E, 0x7E, 0x3A, 0x24, 0xC0, 0xE0: return true
        // What was encoded twice: `%252F`, `%25u002F`, `%25%32F`.
        case 0x25:
            let next = byte(index + 3)
            return next == 0x25 || next | 0x20 == 0x75 || TextByte.hex(next) != nil
        default: return false
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        // Not `$` and `:`, which the escapes of a word may belong to.
        byte == 0x3D || byte == 0x3F || (PathToken.ends(byte) && byte != 0x24 && byte != 0x3A)
    }
}
