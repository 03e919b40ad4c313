import Foundation

/// How much a text looks like chance, for texts of credentials and for what stands in their place.
enum Predictability {
    /// Shannon's entropy of the bytes, in bits a byte.
    static func entropy(_ value: ValueBytes) -> Double {
        guard value.count > 0 else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in value.bytes { counts[Int(byte)] += 1 }
        let total = Double(value.count)
        // Most bytes stand there once or twice.
        var last = (count: 0, part: 0.0)
        var sum = 0.0
        for count in counts where count > 0 {
            if count != last.count {
                let share = Double(count) / total
                last = (count, share * log2(share))
            }
            sum -= last.part
        }
        return sum
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
