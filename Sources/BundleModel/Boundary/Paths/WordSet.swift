/// A set of words that parts of texts are looked up in.
///
/// A table of its own: a set of arrays makes an array of each word that is looked up, and hashes it
/// against an enemy that the few fixed words of the rules do not have. A class, so that whoever
/// looks at one retains it once, and not each of its tables.
final class WordSet: Sendable {
    /// The words by number.
    let words: [[UInt8]]
    /// What stands in a place of the table: a word by its number from 1, 0 for none.
    private struct Slot {
        var hash: UInt32 = 0
        var number: UInt16 = 0
        var count: UInt16 = 0
        /// Where it starts in ``letters``.
        var start: Int = 0
    }

    /// At most half of it is filled.
    private let slots: [Slot]
    /// All words, one behind the other.
    private let letters: [UInt8]
    private let longest: Int
    /// For each number of bytes up to 63 whether a word has so many, and for more.
    private let lengths: UInt64
    /// The bytes that words begin with, and all that they have, both without regard to case.
    private let firsts, kinds: ByteSet

    convenience init(_ words: [String]) { self.init(words.map { Array($0.utf8) }) }

    init(_ words: [[UInt8]]) {
        var slots = [Slot](repeating: Slot(), count: 8)
        while slots.count < 2 * words.count { slots += slots }
        var kept: [[UInt8]] = []
        var letters: [UInt8] = []
        var lengths: UInt64 = 0
        for word in words {
            let hash = Self.hash(of: word.span, isFolded: false)
            var slot = Self.slot(hash, in: slots.count)
            while slots[slot].number != 0, kept[Int(slots[slot].number) - 1] != word {
                slot = (slot + 1) & (slots.count - 1)
            }
            guard slots[slot].number == 0 else { continue }
            kept.append(word)
            slots[slot] = Slot(
                hash: hash, number: UInt16(kept.count), count: UInt16(word.count),
                start: letters.count)
            letters += word
            lengths |= Self.lengthBit(word.count)
        }
        self.words = kept
        self.slots = slots
        self.letters = letters
        self.lengths = lengths
        // Closures: a key path is looked up each time, which was half of the time of all sets.
        longest = kept.reduce(0) { max($0, $1.count) }
        firsts = ByteSet(kept.compactMap { $0.first }).caseFolded
        kinds = ByteSet(letters).caseFolded
    }

    private static func lengthBit(_ count: Int) -> UInt64 { 1 &<< UInt64(min(count, 63)) }

    /// Whether any word has so many bytes.
    private func hasLength(_ count: Int) -> Bool {
        count <= longest && lengths & Self.lengthBit(count) != 0
    }

    /// The number of a word in ``words``; ASCII letters in lower case match both cases if folded.
    func number(of word: Span<UInt8>, isFolded: Bool = false) -> Int? {
        guard hasLength(word.count) else { return nil }
        return number(of: word, hash: Self.hash(of: word, isFolded: isFolded), isFolded: isFolded)
    }

    /// The same for a word whose hash is known.
    func number(of word: Span<UInt8>, hash: UInt32, isFolded: Bool = false) -> Int? {
        guard hasLength(word.count) else { return nil }
        let table = slots
        let slots = table.span
        var slot = Self.slot(hash, in: slots.count)
        while slots[slot].number != 0 {
            let known = slots[slot]
            if known.hash == hash, Int(known.count) == word.count,
                equal(word, from: known.start, isFolded: isFolded)
            {
                return Int(known.number) - 1
            }
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
        guard hasLength(count) else { return nil }
        let table = slots
        let slots = table.span
        var slot = Self.slot(hash, in: slots.count)
        while slots[slot].number != 0 {
            let known = slots[slot]
            if known.hash == hash, Int(known.count) == count,
                isKey(key, Int(known.number) - 1)
            {
                return Int(known.number) - 1
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    private func isKey(_ key: Span<UInt8>, _ number: Int) -> Bool {
        let word = words[number]
        return Self.endsKey(key, in: word.span)
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
    func containsFolded(_ word: ArraySlice<UInt8>) -> Bool { containsFolded(word.span) }

    /// The same.
    func containsFolded(_ word: Span<UInt8>) -> Bool { number(of: word, isFolded: true) != nil }

    /// The same for a value; one with a byte that no word has is told without a look at it.
    func contains(_ value: ValueBytes, isFolded: Bool) -> Bool {
        hasLength(value.count) && value.kinds.isSubset(of: kinds)
            && number(of: value.bytes.span, isFolded: isFolded) != nil
    }

    /// Whether one of the words stands at the start.
    func startsFolded(_ text: ArraySlice<UInt8>) -> Bool {
        words.contains {
            text.count >= $0.count && zip(text, $0).allSatisfy { TextByte.lower($0) == $1 }
        }
    }

    /// Whether one of the words stands at the end, and perhaps other bytes before it.
    func endsText(_ text: ArraySlice<UInt8>) -> Bool { endsText(text.span) }

    /// The same.
    func endsText(_ text: Span<UInt8>) -> Bool {
        var rest = lengths
        while rest != 0 {
            let count = rest.trailingZeroBitCount
            rest &= rest - 1
            if count == 63 {
                for word in words where text.has(word, at: text.count - word.count) { return true }
                return false
            }
            if count <= text.count, contains(text.extracting(last: count)) { return true }
        }
        return false
    }

    /// Whether one of the words stands at the start, its case as it is.
    func starts(_ text: ArraySlice<UInt8>) -> Bool { starts(text.span) }

    /// The same.
    func starts(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 0, firsts.contains(bytes[0]) else { return false }
        var hash = Self.emptyHash
        for index in 0..<min(bytes.count, longest) {
            hash = Self.hash(hash, bytes[index])
            if lengths & Self.lengthBit(index + 1) != 0,
                number(of: bytes.extracting(first: index + 1), hash: hash) != nil
            {
                return true
            }
        }
        return false
    }

    /// The hash of a word, which is the same in every set.
    static func hash(of word: Span<UInt8>, isFolded: Bool) -> UInt32 {
        var hash = emptyHash
        for index in word.indices {
            hash = Self.hash(hash, isFolded ? word[index].asciiFolded : word[index])
        }
        return hash
    }

    // FNV-1a.
    static let emptyHash: UInt32 = 0x811C_9DC5

    static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(byte)) &* 0x0100_0193
    }

    private static func slot(_ hash: UInt32, in count: Int) -> Int {
        Int(hash ^ hash >> 15) & (count &- 1)
    }

    private func equal(_ text: Span<UInt8>, from start: Int, isFolded: Bool) -> Bool {
        let letters = letters
        let words = letters.span
        for index in text.indices {
            let byte = isFolded ? text[index].asciiFolded : text[index]
            if byte != words[start &+ index] { return false }
        }
        return true
    }
}
