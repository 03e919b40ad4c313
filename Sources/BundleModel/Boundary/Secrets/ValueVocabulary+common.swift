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
        let runs = value.map(\.asciiFolded).split(whereSeparator: { !$0.isASCIILower })
        return value.count <= 64
            && runs.allSatisfy { run in
                let run = Array(run)
                var isReached = Array(repeating: false, count: run.count + 1)
                isReached[0] = true
                for end in 1...run.count {
                    for start in max(0, end - 14)..<end
                    where isReached[start] && common.contains(Array(run[start..<end])) {
                        isReached[end] = true
                        break
                    }
                }
                return isReached[run.count]
            }
    }
}
