/// Passwords that examples have.
extension ValueVocabulary {
    /// Whether its letters are words that examples are made of, digits for letters undone:
    /// `SecurePass123!`, `p@ssw0rd`.
    func isCommon(_ value: ValueBytes) -> Bool {
        if isMadeOfCommonWords(value.bytes, upTo: value.count) { return true }
        // The digits and signs at the end stand for no letters.
        let end = value.bytes.lastIndex(where: \.isASCIILetter).map { $0 + 1 } ?? 0
        let hasLookalikes = value.hasAny(of: Self.lookalikes)
        return isMadeOfCommonWords(
            hasLookalikes ? value.bytes.map(Self.letter) : value.bytes, upTo: end)
    }

    private static let lookalikes = ByteSet(ascii: "01!34@5$7")

    private static func letter(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "1"), UInt8(ascii: "!"): UInt8(ascii: "i")
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
        case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
        case UInt8(ascii: "7"): UInt8(ascii: "t")
        default: byte
        }
    }

    private func isMadeOfCommonWords(_ value: [UInt8], upTo end: Int) -> Bool {
        guard end <= 64 else { return false }
        let bytes = value.span.extracting(first: end)
        // A bit for each byte, and one for the end: whether what ends before it is made of such
        // words, from the last sign on.
        var isReached: UInt128 = 1
        for index in bytes.indices where !bytes[index].isASCIILetter {
            isReached |= 1 &<< UInt128(index + 1)
        }
        let signs = isReached
        let lengths = commonLengths
        var run = common.run
        while let endings = run.advance(in: bytes) {
            for ending in endings
            where isReached & 1 &<< UInt128(run.index - lengths[ending]) != 0 {
                isReached |= 1 &<< UInt128(run.index)
                break
            }
        }
        // Every run of letters is to be reached at its end.
        let ends = signs >> 1 | 1 &<< UInt128(bytes.count)
        return ends & ~isReached & ~1 == 0
    }
}
