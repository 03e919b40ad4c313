import Foundation

/// How much a text looks like chance, for texts of credentials and for what stands in their place.
enum Predictability {
    /// Shannon's entropy of the bytes, in bits a byte.
    static func entropy(_ bytes: some Collection<UInt8>) -> Double {
        guard !bytes.isEmpty else { return 0 }
        var counts = Array(repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.lazy.filter { $0 > 0 }.reduce(0) { sum, count in
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }

    /// Whether most of it repeats or counts on, as in `xxxxxxxx` and `1234567890abcdef`.
    static func isSequence(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count >= 6 else { return false }
        let foreseen = zip(bytes, bytes.dropFirst()).count { isForeseen($1, after: $0) }
        return foreseen * 10 >= (bytes.count - 1) * 6
    }

    private static func isForeseen(_ byte: UInt8, after last: UInt8) -> Bool {
        byte == last || (byte == last &+ 1 && byte.isASCIIAlphanumeric)
            || (last == UInt8(ascii: "9") && byte == UInt8(ascii: "0"))
    }

    /// The length of the longest run of small letters.
    static func longestLowerRun(_ bytes: some Collection<UInt8>) -> Int {
        var longest = 0
        var run = 0
        for byte in bytes {
            run = byte.isASCIILower ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// The pieces of letters of one kind, digits and other signs; a capital belongs to the small
    /// letters that follow it.
    static func pieces(_ bytes: some Collection<UInt8>) -> Int {
        var pieces = 0
        var last: UInt8 = 0
        for byte in bytes {
            let isNew =
                if byte.isASCIILower {
                    !last.isASCIILetter
                } else if byte.isASCIIUpper {
                    !last.isASCIIUpper
                } else if byte.isASCIIDigit {
                    !last.isASCIIDigit
                } else {
                    byte != last
                }
            if isNew { pieces += 1 }
            last = byte
        }
        return pieces
    }
}
