/// A set of bytes.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>()

    init() {}

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    /// The bytes of a text, as they are counted one by one.
    init(of text: Span<UInt8>) {
        // Four words that stay in registers: an index that varies would go through memory.
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
        for index in text.indices {
            let byte = text[index]
            let bit: UInt64 = 1 &<< UInt64(byte & 63)
            first |= byte < 0x40 ? bit : 0
            second |= byte >= 0x40 && byte < 0x80 ? bit : 0
            if byte >= 0x80 {
                third |= byte < 0xC0 ? bit : 0
                fourth |= byte >= 0xC0 ? bit : 0
            }
        }
        words = SIMD4(first, second, third, fourth)
    }

    /// The bytes of an ASCII text.
    init(ascii: String) { self.init(ascii.utf8) }

    static let all = ByteSet(0...255)
    static let digits = ByteSet(0x30...0x39)
    static let upperLetters = ByteSet(0x41...0x5A)
    static let lowerLetters = ByteSet(0x61...0x7A)
    static let hexDigits = digits.union(ByteSet(ascii: "abcdefABCDEF"))
    /// What only texts beyond ASCII have.
    static let beyondASCII = ByteSet(0x80...0xFF)
    static let letters = upperLetters.union(lowerLetters)
    static let alphanumerics = letters.union(digits)
    /// What an identifier in code is made of.
    static let word = alphanumerics.union(ByteSet(ascii: "_"))

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        // A choice of constants: an index that varies would go through memory.
        let low = byte & 0x40 == 0 ? words[0] : words[1]
        let high = byte & 0x40 == 0 ? words[2] : words[3]
        return (byte < 0x80 ? low : high) & (1 << UInt64(byte & 63)) != 0
    }

    mutating func insert(_ byte: UInt8) {
        words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }

    /// Whether all of its bytes are in another set.
    @inline(__always)
    func isSubset(of other: ByteSet) -> Bool { words & ~other.words == SIMD4() }

    /// Whether none of its bytes is in another set.
    @inline(__always)
    func isDisjoint(with other: ByteSet) -> Bool { words & other.words == SIMD4() }

    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.words = words | other.words
        return result
    }

    var complement: ByteSet {
        var result = self
        result.words = ~words
        return result
    }

    /// With both cases of every ASCII letter in it.
    var caseFolded: ByteSet {
        // 'A' to 'Z' are bits 1 to 26 of the second word, 'a' to 'z' lie 32 bits above them.
        let upper: UInt64 = 0x07FF_FFFE
        var result = self
        result.words[1] |= (words[1] & upper) << 32 | (words[1] >> 32) & upper
        return result
    }

    /// How many bytes it has.
    var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

    /// Its byte when it has only one.
    var onlyMember: UInt8? {
        var member: UInt8?
        for index in 0..<4 where words[index] != 0 {
            guard member == nil, words[index] & (words[index] - 1) == 0 else { return nil }
            member = UInt8(index * 64 + words[index].trailingZeroBitCount)
        }
        return member
    }

    /// Its bytes, in order.
    var members: [UInt8] {
        var members: [UInt8] = []
        members.reserveCapacity(count)
        for index in 0..<4 {
            var word = words[index]
            while word != 0 {
                members.append(UInt8(index * 64 + word.trailingZeroBitCount))
                word &= word - 1
            }
        }
        return members
    }

    var isEmpty: Bool { words == SIMD4() }
}

extension UInt8 {
    var isASCIILower: Bool { self >= 0x61 && self <= 0x7A }
    var isASCIIUpper: Bool { self >= 0x41 && self <= 0x5A }
    var isASCIILetter: Bool { (self | 0x20).isASCIILower }
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
    var isHexDigit: Bool { isASCIIDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }

    /// An ASCII letter in lower case, any other byte as it is.
    var asciiFolded: UInt8 { isASCIIUpper ? self | 0x20 : self }

    var hexValue: UInt8? {
        if isASCIIDigit { return self - 0x30 }
        let folded = self | 0x20
        return folded >= 0x61 && folded <= 0x66 ? folded - 0x57 : nil
    }
}
