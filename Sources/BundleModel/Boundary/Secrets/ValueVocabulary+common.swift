/// Passwords that examples have.
extension ValueVocabulary {
    /// Whether its letters are words that examples are made of, digits for letters undone:
    /// `SecurePass123!`, `p@ssw0rd`.
    func isCommon(_ value: [UInt8]) -> Bool {
        if isMadeOfCommonWords(value) { return true }
        // The digits and signs at the end stand for no letters.
        let end = value.lastIndex(where: \.isASCIILetter).map { $0 + 1 } ?? 0
        return isMadeOfCommonWords(value[..<end].map(Self.letter))
    }

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

    private func isMadeOfCommonWords(_ value: [UInt8]) -> Bool {
        guard value.count <= 64 else { return false }
        let bytes = value.span
        // Whether what ends before a byte is made of such words, from the last sign on.
        var isReached = Array(repeating: true, count: bytes.count + 1)
        for index in bytes.indices { isReached[index + 1] = !bytes[index].isASCIILetter }
        var search = common.run(over: bytes.count)
        while let endings = search.advance(in: bytes) {
            for ending in endings
            where isReached[search.index - commonLengths[common.endings[ending]]] {
                isReached[search.index] = true
            }
        }
        for end in isReached.indices.dropFirst()
        where !isReached[end] && (end == bytes.count || !bytes[end].isASCIILetter) {
            return false
        }
        return true
    }
}
