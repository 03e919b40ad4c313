/// Text that a value carries in base64: one level, as `!!binary` and cautious authors write it.
enum Base64Text {
    private static let shortest = 12
    private static let longest = 16 * 1024

    /// The text behind a value; nil where it is no base64, or what it stands for is no text.
    static func decoded(_ value: ScannedValue) -> [UInt8]? {
        let text = value.text
        guard value.style != .comment, value.style != .key,
            text.count >= shortest, text.count <= longest, startsAsText(text)
        else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        var end = text.count
        while end > 0, text[end - 1] == 0x3D { end -= 1 }
        guard text.count - end < 3, text.count % 4 == 0 || end == text.count else { return nil }
        for byte in text[..<end] {
            guard let digit = digit(byte) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                guard isText(byte) else { return nil }
                result.append(byte)
            }
        }
        return result
    }

    /// Whether the first three bytes would be text, so that most words are told by four letters.
    private static func startsAsText(_ text: [UInt8]) -> Bool {
        var bits: UInt32 = 0
        for byte in text.prefix(4) {
            guard let digit = digit(byte) else { return false }
            bits = bits << 6 | UInt32(digit)
        }
        return isText(UInt8(truncatingIfNeeded: bits >> 16))
            && isText(UInt8(truncatingIfNeeded: bits >> 8))
            && isText(UInt8(truncatingIfNeeded: bits))
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x09
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}
