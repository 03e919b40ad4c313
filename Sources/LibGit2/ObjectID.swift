/// The name of a Git object: SHA-1 over its kind, size and content.
package struct ObjectID: Hashable, Sendable {
    // Three big-endian words: comparing and hashing need no loop over bytes, and nothing is unsafe.
    let high: UInt64
    let middle: UInt64
    let low: UInt32

    init(high: UInt64, middle: UInt64, low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// The id with these bytes, or nil when they are not exactly 20.
    package init?(rawBytes: [UInt8]) {
        self.init(rawBytes: rawBytes.span)
    }

    /// The id with these bytes, or nil when they are not exactly 20.
    package init?(rawBytes: Span<UInt8>) {
        guard rawBytes.count == 20 else { return nil }
        self.init(
            high: Self.word(rawBytes, 0..<8), middle: Self.word(rawBytes, 8..<16),
            low: UInt32(truncatingIfNeeded: Self.word(rawBytes, 16..<20)))
    }

    /// The id that is written as exactly 40 lowercase hexadecimal digits.
    package init?(hex: some StringProtocol) {
        var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
        var count = 0
        for digit in hex.utf8 {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            switch count {
            case 0..<16: words.0 = words.0 << 4 | UInt64(value)
            case 16..<32: words.1 = words.1 << 4 | UInt64(value)
            case 32..<40: words.2 = words.2 << 4 | UInt32(value)
            default: return nil
            }
            count += 1
        }
        guard count == 40 else { return nil }
        self.init(high: words.0, middle: words.1, low: words.2)
    }

    /// Forty lowercase hexadecimal digits.
    package var hex: String {
        var raw: [UInt8] = []
        raw.reserveCapacity(20)
        appendRawBytes(to: &raw)
        var digits: [UInt8] = []
        digits.reserveCapacity(40)
        for byte in raw {
            digits.append(Self.digit(byte >> 4))
            digits.append(Self.digit(byte & 0xF))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The 20 bytes of the id as numbers, the first byte in the highest place.
    package var words: (high: UInt64, middle: UInt64, low: UInt32) { (high, middle, low) }

    /// Appends the 20 bytes of the id.
    package func appendRawBytes(to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
        }
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: middle >> UInt64(shift)))
        }
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: low >> UInt32(shift)))
        }
    }

    private static func word(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var word: UInt64 = 0
        for index in range { word = word << 8 | UInt64(bytes[index]) }
        return word
    }
}

extension ObjectID {
    /// Hashes the first eight bytes: they are a hash already, and to find many objects that share
    /// them takes longer than to search among these.
    package func hash(into hasher: inout Hasher) { hasher.combine(high) }
}

extension ObjectID: Comparable {
    /// The order of the bytes, which is the order of the hexadecimal text.
    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }
}

extension ObjectID: CustomStringConvertible {
    package var description: String { hex }
}
