/// Percent-encoding undone, as often as it was applied.
enum PercentText {
    private static let mostRounds = 3

    /// The text with `%2F` and the like decoded, also when they were encoded again, as overlong
    /// UTF-8 (`%c0%af`), or as `%u002f`.
    static func decoded(_ text: Span<UInt8>) -> [UInt8] {
        var result = text.copy(0..<text.count)
        for _ in 0..<mostRounds {
            guard result.contains(0x25), let next = round(result) else { break }
            result = next
        }
        return result
    }

    private static func round(_ text: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var hasChanged = false
        var index = 0
        while index < text.count {
            guard text[index] == 0x25, let (byte, length) = escape(text, index) else {
                result.append(text[index])
                index += 1
                continue
            }
            result.append(byte)
            index += length
            hasChanged = true
        }
        return hasChanged ? shortened(result) : nil
    }

    private static func escape(_ text: [UInt8], _ index: Int) -> (UInt8, Int)? {
        if index + 5 < text.count, text[index + 1] | 0x20 == 0x75, text[index + 2] == 0x30,
            text[index + 3] == 0x30, let high = TextByte.hex(text[index + 4]),
            let low = TextByte.hex(text[index + 5])
        {
            return (high << 4 | low, 6)
        }
        guard index + 2 < text.count, let high = TextByte.hex(text[index + 1]),
            let low = TextByte.hex(text[index + 2])
        else { return nil }
        return (high << 4 | low, 3)
    }

    /// Overlong UTF-8 of ASCII in its short form.
    private static func shortened(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 == 0xC0 || $0 == 0xC1 || $0 == 0xE0 }) else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 0xC0 || byte == 0xC1, index + 1 < text.count {
                result.append((byte & 1) << 6 | text[index + 1] & 0x3F)
                index += 2
            } else if byte == 0xE0, index + 2 < text.count, text[index + 1] & 0xFE == 0x80 {
                result.append((text[index + 1] & 1) << 6 | text[index + 2] & 0x3F)
                index += 3
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }
}
