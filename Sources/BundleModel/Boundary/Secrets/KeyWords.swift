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
