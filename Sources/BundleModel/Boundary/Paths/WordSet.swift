/// A set of words that slices of bytes are looked up in.
///
/// A table of its own: a set of arrays makes an array of each word that is looked up, and hashes it
/// against an enemy that the few fixed words of the rules do not have.
struct WordSet: Sendable {
    /// The words by number.
    let words: [[UInt8]]
    /// Numbers of words from 1, 0 where none is; at most half of it is filled.
    private let slots: [UInt16]
    private let longest: Int
    /// For each number of bytes up to 63 whether a word has so many, and for more.
    private let lengths: UInt64

    init(_ words: [String]) { self.init(words.map { Array($0.utf8) }) }

    init(_ words: [[UInt8]]) {
        var slots = [UInt16](repeating: 0, count: 8)
        while slots.count < 2 * words.count { slots += slots }
        var kept: [[UInt8]] = []
        var lengths: UInt64 = 0
        for word in words {
            var slot = Self.slot(of: word.span, isFolded: false, in: slots.count)
            while slots[slot] != 0, kept[Int(slots[slot]) - 1] != word {
                slot = (slot + 1) & (slots.count - 1)
            }
            guard slots[slot] == 0 else { continue }
            kept.append(word)
            slots[slot] = UInt16(kept.count)
            lengths |= 1 << UInt64(min(word.count, 63))
        }
        self.words = kept
        self.slots = slots
        self.lengths = lengths
        longest = kept.map(\.count).max() ?? 0
    }

    /// The number of a word in ``words``; ASCII letters in lower case match both cases if folded.
    func number(of word: Span<UInt8>, isFolded: Bool = false) -> Int? {
        guard word.count <= longest, lengths & 1 << UInt64(min(word.count, 63)) != 0 else {
            return nil
        }
        let slots = slots.span
        var slot = Self.slot(of: word, isFolded: isFolded, in: slots.count)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let known = words[number]
            if Self.equal(word, known.span, isFolded: isFolded) { return number }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    // MARK: Keys

    /// No more bytes of a key are compared.
    private static let longestKey = 64

    /// The number of a key without what joins its words and in lower case: `work_dir`, `WORK-DIR`
    /// and `workDir` are one.
    func number(ofKey key: Span<UInt8>) -> Int? {
        var hash = Self.emptyHash
        var count = 0
        for index in 0..<min(key.count, Self.longestKey) where !Self.joins(key[index]) {
            hash = Self.hash(hash, key[index].asciiFolded)
            count += 1
        }
        guard count <= longest, lengths & 1 << UInt64(min(count, 63)) != 0 else { return nil }
        let slots = slots.span
        var slot = Self.slot(hash, in: slots.count)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let word = words[number]
            let isEqual = Self.endsKey(key, in: word.span)
            if isEqual, word.count == count { return number }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    /// Whether such a key ends in one of the words.
    func endsKey(_ key: Span<UInt8>) -> Bool {
        for word in words where Self.endsKey(key, in: word.span) { return true }
        return false
    }

    private static func endsKey(_ key: Span<UInt8>, in word: Span<UInt8>) -> Bool {
        var rest = word.count
        var index = min(key.count, longestKey)
        while rest > 0 {
            guard index > 0 else { return false }
            index -= 1
            if joins(key[index]) { continue }
            rest -= 1
            if key[index].asciiFolded != word[rest] { return false }
        }
        return true
    }

    private static func joins(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte == 0x2D || byte == 0x2E || byte == 0x20
    }

    // MARK: Whole words

    func contains(_ word: Span<UInt8>) -> Bool { number(of: word) != nil }

    func contains(_ word: ArraySlice<UInt8>) -> Bool { number(of: word.span) != nil }

    func contains(_ word: [UInt8]) -> Bool { number(of: word.span) != nil }

    /// The same without regard to the case of ASCII letters; the words must be in lower case.
    func containsFolded(_ word: ArraySlice<UInt8>) -> Bool {
        number(of: word.span, isFolded: true) != nil
    }

    /// Whether one of the words stands at the start.
    func startsFolded(_ text: ArraySlice<UInt8>) -> Bool {
        words.contains {
            text.count >= $0.count && zip(text, $0).allSatisfy { TextByte.lower($0) == $1 }
        }
    }

    /// Whether one of the words stands at the end, and perhaps other bytes before it.
    func endsText(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = lengths
        while rest != 0 {
            let count = rest.trailingZeroBitCount
            rest &= rest - 1
            if count == 63 { return words.contains { text.suffix($0.count).elementsEqual($0) } }
            if count <= text.count, contains(text.suffix(count)) { return true }
        }
        return false
    }

    /// Whether one of the words stands at the start, its case as it is.
    func starts(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = lengths
        while rest != 0 {
            let count = rest.trailingZeroBitCount
            rest &= rest - 1
            if count == 63 { return words.contains { text.starts(with: $0) } }
            if count <= text.count, contains(text.prefix(count)) { return true }
        }
        return false
    }

    private static func slot(of word: Span<UInt8>, isFolded: Bool, in count: Int) -> Int {
        var hash = emptyHash
        for index in word.indices {
            hash = Self.hash(hash, isFolded ? word[index].asciiFolded : word[index])
        }
        return slot(hash, in: count)
    }

    // FNV-1a.
    private static let emptyHash: UInt32 = 0x811C_9DC5

    private static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(byte)) &* 0x0100_0193
    }

    private static func slot(_ hash: UInt32, in count: Int) -> Int {
        Int(hash ^ hash >> 15) & (count &- 1)
    }

    private static func equal(_ text: Span<UInt8>, _ word: Span<UInt8>, isFolded: Bool) -> Bool {
        guard text.count == word.count else { return false }
        for index in text.indices {
            let byte = isFolded ? text[index].asciiFolded : text[index]
            if byte != word[index] { return false }
        }
        return true
    }
}
