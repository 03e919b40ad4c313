/// Turns UTF-16 into UTF-8 as the bytes come in.
struct Utf16Text {
    let isBigEndian: Bool
    private var firstByte: UInt8?
    private var highSurrogate: UInt32?

    /// Which order of bytes the byte order mark at the start of a text tells; nil for no UTF-16.
    init?(mark bytes: ArraySlice<UInt8>) {
        let mark = Array(bytes.prefix(2))
        guard mark == [0xFE, 0xFF] || mark == [0xFF, 0xFE] else { return nil }
        isBigEndian = mark[0] == 0xFE
    }

    /// The text of the bytes; what is half there waits for the next ones.
    mutating func read(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let unit =
                isBigEndian
                ? UInt32(first) << 8 | UInt32(byte) : UInt32(byte) << 8 | UInt32(first)
            take(unit, &result)
        }
        if isLast, highSurrogate != nil || firstByte != nil { Self.append(0xFFFD, &result) }
        return result
    }

    private mutating func take(_ unit: UInt32, _ result: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit >> 10 == 0x37 {
                Self.append(0x10000 + (high & 0x3FF) << 10 + (unit & 0x3FF), &result)
                return
            }
            Self.append(0xFFFD, &result)
        }
        if unit >> 10 == 0x36 {
            highSurrogate = unit
        } else {
            Self.append(unit, &result)
        }
    }

    private static func append(_ code: UInt32, _ result: inout [UInt8]) {
        if code < 0x80 {
            result.append(UInt8(code))
        } else {
            let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
            result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
