extension Array where Element == UInt8 {
    /// Whether a text stands anywhere in these bytes.
    func holds(_ text: String) -> Bool {
        guard let first = text.utf8.first, count >= text.utf8.count else { return false }
        let bytes = span
        for index in 0...(count - text.utf8.count)
        where bytes[index] == first && bytes.has(text, at: index) {
            return true
        }
        return false
    }

    /// Where the first of some bytes stand; the empty text stands nowhere.
    func index(of text: [UInt8], from start: Int = 0, upTo end: Int = .max) -> Int? {
        let count = Swift.min(count, end)
        guard let first = text.first, count - start >= text.count else { return nil }
        let bytes = span
        let wanted = text.span
        for index in start...(count - text.count) where bytes[index] == first {
            var offset = 1
            while offset < wanted.count, bytes[index + offset] == wanted[offset] { offset += 1 }
            if offset == wanted.count { return index }
        }
        return nil
    }
}

extension Span<UInt8> {
    /// The bytes of a range, as an array.
    func copy(_ range: Range<Int>) -> [UInt8] {
        let source = extracting(range)
        var bytes = [UInt8](repeating: 0, count: source.count)
        for index in source.indices { bytes[index] = source[index] }
        return bytes
    }

    /// Whether some bytes stand at an index.
    func has(_ text: [UInt8], at index: Int) -> Bool {
        guard index >= 0, index + text.count <= count else { return false }
        for offset in text.indices where self[index + offset] != text[offset] { return false }
        return true
    }

    /// Whether a text stands at an index.
    @inline(__always)
    func has(_ text: String, at index: Int) -> Bool {
        let text = text.utf8
        guard index >= 0, index < count, let first = text.first, self[index] == first,
            index + text.count <= count
        else { return false }
        var offset = index
        for byte in text {
            if self[offset] != byte { return false }
            offset += 1
        }
        return true
    }

    /// Which of some texts stands at an index.
    func first(of texts: [[UInt8]], at index: Int) -> Int? {
        guard index < count else { return nil }
        let byte = self[index]
        for number in texts.indices where texts[number][0] == byte && has(texts[number], at: index)
        {
            return number
        }
        return nil
    }

    /// Whether a text is all of these bytes.
    @inline(__always)
    func equals(_ text: String) -> Bool { count == text.utf8.count && has(text, at: 0) }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

    @inline(__always)
    func firstIndex(of byte: UInt8) -> Int? {
        for index in indices where self[index] == byte { return index }
        return nil
    }

    @inline(__always)
    func lastIndex(of byte: UInt8) -> Int? { lastIndex { $0 == byte } }

    @inline(__always)
    func lastIndex(where isWanted: (UInt8) -> Bool) -> Int? {
        var index = count
        while index > 0 {
            index &-= 1
            if isWanted(self[index]) { return index }
        }
        return nil
    }

    @inline(__always)
    func contains(where isWanted: (UInt8) -> Bool) -> Bool {
        for index in indices where isWanted(self[index]) { return true }
        return false
    }

    @inline(__always)
    func allSatisfy(_ isWanted: (UInt8) -> Bool) -> Bool {
        for index in indices where !isWanted(self[index]) { return false }
        return true
    }
}
