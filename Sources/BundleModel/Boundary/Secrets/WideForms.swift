/// Full-width forms of ASCII, as Japanese keyboards give them.
enum WideForms {
    /// Whether a text may hold any.
    static func areFound(in bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] == 0xEF { return true }
        return false
    }

    /// The same text with U+FF01–U+FF5E as ASCII.
    static func folded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0xEF) else { return bytes }
        var folded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xEF, index + 2 < bytes.count,
                bytes[index + 1] == 0xBC || bytes[index + 1] == 0xBD,
                let ascii = ascii(bytes[index + 1], bytes[index + 2])
            {
                folded.append(ascii)
                index += 3
            } else {
                folded.append(bytes[index])
                index += 1
            }
        }
        return folded
    }

    private static func ascii(_ second: UInt8, _ third: UInt8) -> UInt8? {
        let offset = Int(second - 0xBC) * 64 + Int(third) - 0x80
        return (1...94).contains(offset) ? UInt8(offset + 0x20) : nil
    }
}
