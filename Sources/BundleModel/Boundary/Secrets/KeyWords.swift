/// The words of a key: `DB_PASSWORD`, `db.password` and `dbPassword` all have two.
enum KeyWords {
    /// Splits at signs, spaces, digits and the humps of camel case; words are in lower case.
    static func split(_ key: [UInt8]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        func isWord(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte >= 0x80 }
        for (index, byte) in key.enumerated() {
            let last = index > 0 ? key[index - 1] : 0
            let next = index + 1 < key.count ? key[index + 1] : 0
            let isNew =
                !isWord(byte) || last.isASCIIDigit != byte.isASCIIDigit
                || (byte.isASCIIUpper && last.isASCIILower)
                || (byte.isASCIIUpper && last.isASCIIUpper && next.isASCIILower
                    && !isPluralOfAcronym(key, index))
            if isNew, !word.isEmpty {
                words.append(word)
                word = []
            }
            if isWord(byte) { word.append(byte.asciiFolded) }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Whether the capital is the last of an acronym with an `s` behind it, as in `JWTs`.
    private static func isPluralOfAcronym(_ key: [UInt8], _ index: Int) -> Bool {
        key[index + 1] == UInt8(ascii: "s")
            && (index + 2 == key.count || !key[index + 2].isASCIILower)
    }
}

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
