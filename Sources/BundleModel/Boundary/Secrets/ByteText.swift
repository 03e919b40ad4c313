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
}
