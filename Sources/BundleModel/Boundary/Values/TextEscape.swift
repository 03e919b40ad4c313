/// An escape of a double-quoted scalar in YAML, JSON or TOML: `\n`, `\x41`, `\u00e9`, `\U0001F600`.
struct TextEscape {
    /// The longest one, a surrogate pair.
    static let longest = 12

    /// What it stands for, in UTF-8.
    let bytes: [UInt8]
    /// How many bytes it takes up, the backslash included.
    let length: Int

    /// Reads the escape whose backslash is at `start`; nil where none is known, and the backslash
    /// means itself.
    init?(_ bytes: [UInt8], at start: Int, end: Int) {
        guard start + 1 < end else { return nil }
        if let plain = Self.plain(bytes[start + 1]) {
            self.bytes = plain
            length = 2
            return
        }
        let digits: Int
        switch bytes[start + 1] {
        case 0x78: digits = 2
        case 0x75: digits = 4
        case 0x55: digits = 8
        default: return nil
        }
        guard var code = Self.number(bytes, start + 2, digits, end) else { return nil }
        var length = 2 + digits
        if code >> 10 == 0x36, let low = Self.lowSurrogate(bytes, start + length, end) {
            code = 0x10000 + (code & 0x3FF) << 10 + low
            length += 6
        }
        let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
        self.bytes = Array(String(Character(scalar)).utf8)
        self.length = length
    }

    private static func lowSurrogate(_ bytes: [UInt8], _ start: Int, _ end: Int) -> UInt32? {
        guard start + 6 <= end, bytes[start] == 0x5C, bytes[start + 1] == 0x75,
            let code = number(bytes, start + 2, 4, end), code >> 10 == 0x37
        else { return nil }
        return code & 0x3FF
    }

    private static func number(
        _ bytes: [UInt8], _ start: Int, _ count: Int, _ end: Int
    ) -> UInt32? {
        guard start + count <= end else { return nil }
        var code: UInt32 = 0
        for index in start..<(start + count) {
            guard let digit = TextByte.hex(bytes[index]) else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    private static func plain(_ byte: UInt8) -> [UInt8]? {
        switch byte {
        case 0x30: [0x00]
        case 0x61: [0x07]
        case 0x62: [0x08]
        case 0x74, 0x09: [0x09]
        case 0x6E: [0x0A]
        case 0x76: [0x0B]
        case 0x66: [0x0C]
        case 0x72: [0x0D]
        case 0x65: [0x1B]
        case 0x20, 0x22, 0x27, 0x2F, 0x5C, 0x60: [byte]
        case 0x4E: [0xC2, 0x85]
        case 0x5F: [0xC2, 0xA0]
        case 0x4C: [0xE2, 0x80, 0xA8]
        case 0x50: [0xE2, 0x80, 0xA9]
        default: nil
        }
    }
}
