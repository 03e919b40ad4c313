/// The words of a key: `DB_PASSWORD`, `db.password` and `dbPassword` all have two.
struct KeyWords {
    /// All words in lower case with nothing between them, so that a phrase is a part of it.
    private(set) var letters: [UInt8] = []
    /// Where each word ends in ``letters``, and its hash, so that each set that it is looked up in
    /// need not read it.
    private var words: [(end: Int, hash: UInt32)] = []

    var count: Int { words.count }

    init(_ key: [UInt8]) { self.init(key.span) }

    /// Splits at signs, spaces, digits and the humps of camel case.
    init(_ key: Span<UInt8>) {
        letters.reserveCapacity(key.count)
        words.reserveCapacity(key.count / 4 + 2)
        var last: UInt8 = 0
        var hash = WordSet.emptyHash
        var start = 0
        for index in key.indices {
            let byte = key[index]
            let isWord = byte.isASCIIAlphanumeric || byte >= 0x80
            if !isWord || Self.isNew(byte, after: last, key, index) {
                if letters.count > start {
                    start = letters.count
                    words.append((start, hash))
                    hash = WordSet.emptyHash
                }
            }
            if isWord {
                letters.append(byte.asciiFolded)
                hash = WordSet.hash(hash, byte.asciiFolded)
            }
            last = byte
        }
        if letters.count > start { words.append((letters.count, hash)) }
    }

    private static func isNew(
        _ byte: UInt8, after last: UInt8, _ key: Span<UInt8>, _ index: Int
    ) -> Bool {
        if last.isASCIIDigit != byte.isASCIIDigit { return true }
        guard byte.isASCIIUpper else { return false }
        return last.isASCIILower
            || (last.isASCIIUpper && index + 1 < key.count && key[index + 1].isASCIILower
                && !isPluralOfAcronym(key, index))
    }

    /// Where some words that follow each other stand in ``letters``.
    func letters(of range: Range<Int>) -> Range<Int> {
        guard let last = range.last else { return 0..<0 }
        return (range.lowerBound > 0 ? words[range.lowerBound - 1].end : 0)..<words[last].end
    }

    /// One word.
    subscript(number: Int) -> ArraySlice<UInt8> { letters[letters(of: number..<number + 1)] }

    /// All of them, in order.
    var all: [ArraySlice<UInt8>] { (0..<count).map { self[$0] } }

    /// The number in a set of one word.
    func number(of word: Int, in set: WordSet) -> Int? {
        let range = letters(of: word..<word + 1)
        return set.number(of: letters.span.extracting(range), hash: words[word].hash)
    }

    /// The number in a set of several words that follow each other, joined.
    func number(of range: Range<Int>, in set: WordSet) -> Int? {
        if range.count == 1 { return number(of: range.lowerBound, in: set) }
        return set.number(of: letters.span.extracting(letters(of: range)))
    }

    /// Whether one word is in a set.
    func contains(_ word: Int, in set: WordSet) -> Bool { number(of: word, in: set) != nil }

    /// Whether any of some of the words is in a set.
    func contains(_ range: Range<Int>, in set: WordSet) -> Bool {
        for word in range where contains(word, in: set) { return true }
        return false
    }

    /// Whether any of the words is in a set.
    func contains(in set: WordSet) -> Bool { contains(0..<count, in: set) }

    /// Whether the capital is the last of an acronym with an `s` behind it, as in `JWTs`.
    private static func isPluralOfAcronym(_ key: Span<UInt8>, _ index: Int) -> Bool {
        key[index + 1] == UInt8(ascii: "s")
            && (index + 2 == key.count || !key[index + 2].isASCIILower)
    }
}
