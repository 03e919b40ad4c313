/// The words of a key: `DB_PASSWORD`, `db.password` and `dbPassword` all have two.
struct KeyWords {
    /// All words in lower case with nothing between them, so that a phrase is a part of it.
    private(set) var letters: [UInt8] = []
    /// Where each word ends in ``letters``.
    private var ends: [Int] = []

    var count: Int { ends.count }

    /// Splits at signs, spaces, digits and the humps of camel case.
    init(_ key: [UInt8]) {
        letters.reserveCapacity(key.count)
        func isWord(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte >= 0x80 }
        let bytes = key.span
        var last: UInt8 = 0
        for index in bytes.indices {
            let byte = bytes[index]
            let isNew =
                !isWord(byte) || last.isASCIIDigit != byte.isASCIIDigit
                || (byte.isASCIIUpper && last.isASCIILower)
                || (byte.isASCIIUpper && last.isASCIIUpper && index + 1 < bytes.count
                    && bytes[index + 1].isASCIILower && !Self.isPluralOfAcronym(bytes, index))
            if isNew { endWord() }
            if isWord(byte) { letters.append(byte.asciiFolded) }
            last = byte
        }
        endWord()
    }

    private mutating func endWord() {
        if letters.count > ends.last ?? 0 { ends.append(letters.count) }
    }

    /// Where some words that follow each other stand in ``letters``.
    func letters(of words: Range<Int>) -> Range<Int> {
        guard let last = words.last else { return 0..<0 }
        return (words.lowerBound > 0 ? ends[words.lowerBound - 1] : 0)..<ends[last]
    }

    /// One word.
    subscript(number: Int) -> ArraySlice<UInt8> { letters[letters(of: number..<number + 1)] }

    /// All of them, in order.
    var all: [ArraySlice<UInt8>] { (0..<count).map { self[$0] } }

    /// Whether any of some of the words is in a set.
    func contains(_ words: Range<Int>, in set: WordSet) -> Bool {
        words.contains { set.contains(self[$0]) }
    }

    /// Whether any of the words is in a set.
    func contains(in set: WordSet) -> Bool { contains(0..<count, in: set) }

    /// Whether the capital is the last of an acronym with an `s` behind it, as in `JWTs`.
    private static func isPluralOfAcronym(_ key: Span<UInt8>, _ index: Int) -> Bool {
        key[index + 1] == UInt8(ascii: "s")
            && (index + 2 == key.count || !key[index + 2].isASCIILower)
    }
}
