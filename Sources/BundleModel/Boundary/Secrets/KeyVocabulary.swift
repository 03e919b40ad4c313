/// Which keys name a secret, however their words are joined.
final class KeyVocabulary: Sendable {
    /// What a key says of its value.
    enum Meaning: Hashable, Sendable {
        /// The value is a secret.
        case secret
        /// The values are secrets, or names of secrets.
        case several
        /// The value may be a secret: only one that looks like one is refused.
        case perhaps
        /// The key says something about a secret: only a long text of much chance is refused.
        case described
    }

    /// The phrases without joints, and what each says.
    private let phrases: WordSet
    /// The same with the last word of many.
    private let phraseWords: WordSet
    private let meanings: [Meaning]
    private let japanese: [[UInt8]]
    private let japaneseWeak: [[UInt8]]
    private let japaneseNeutral: [[UInt8]]
    private let neutral, metadata, context, quantity, prefix, verbs: WordSet
    /// Finds whether a key has any of the words at all.
    private let search: LiteralSearch
    private let longestPhrase: Int
    /// Phrases that end a word which is written without any joint: `DBPASSWORD`.
    private let glued: WordSet

    /// What joins the words of a phrase.
    private static let joints: [[UInt8]] = [[]] + "_- .".utf8.map { [$0] }
    /// Literals that lead to a key in running text.
    let literals: [[UInt8]]

    init(_ keys: SecretRules.Keys) {
        var phrases: [[UInt8]: Meaning] = [:]
        var literals: Set<[UInt8]> = []
        var ends: Set<[UInt8]> = []
        var longest = 1
        for (list, meaning) in [
            (keys.secret, Meaning.secret), (keys.plural, .several), (keys.weak, .perhaps),
        ] {
            for phrase in list {
                let parts = phrase.split(separator: UInt8(ascii: " ")).map { Array($0) }
                phrases[Array(parts.joined())] = meaning
                longest = max(longest, parts.count)
                for joint in Self.joints {
                    literals.insert(Array(parts.joined(separator: joint)))
                    if parts.count == 1 { break }
                }
                if let last = parts.last { ends.insert(last) }
            }
        }
        japanese = keys.japanese
        japaneseWeak = keys.japaneseWeak
        japaneseNeutral = keys.japaneseNeutral
        let table = WordSet(Array(phrases.keys))
        self.phrases = table
        phraseWords = WordSet(table.words + [Array("key".utf8)])
        meanings = table.words.map { phrases[$0] ?? .perhaps }
        longestPhrase = longest
        glued = WordSet(phrases.filter { $0.value == .secret && $0.key.count >= 5 }.map(\.key))
        neutral = WordSet(keys.neutral)
        metadata = WordSet(keys.metadata)
        prefix = WordSet(keys.prefix)
        context = WordSet(keys.context)
        quantity = WordSet(keys.quantity)
        verbs = WordSet(keys.verbs)
        self.literals = (Array(literals) + japanese).sorted { $0.lexicographicallyPrecedes($1) }
        search = LiteralSearch(
            (Array(ends) + japanese + japaneseWeak).sorted { $0.lexicographicallyPrecedes($1) })
    }

    /// Whether a key says what its value is about, and no more.
    func isMetadata(_ key: [UInt8]) -> Bool {
        let words = KeyWords(key)
        guard words.count > 0 else { return true }
        let last = words.count - 1..<words.count
        return [metadata, context, quantity].contains { words.contains(last, in: $0) }
    }

    /// Whether a key says nothing of its value, as `value` and `prod` do.
    func isNeutral(_ key: [UInt8]) -> Bool {
        let words = KeyWords(key)
        return (0..<words.count).allSatisfy { words.contains($0, in: neutral) }
    }

    /// Whether a key has no word of those that name a secret, so that it says nothing.
    func isSilent(_ key: Span<UInt8>) -> Bool {
        key.count > 256 || !search.isFound(in: key) && !WideForms.areFound(in: key)
    }

    /// What a whole key says of its value; nil when it does not name a secret.
    func meaning(of key: Span<UInt8>) -> Meaning? {
        isSilent(key) ? nil : meaning(ofKey: key)
    }

    /// Whether a word alone names a secret, or is the last word of such a name.
    func isWordOfPhrase(_ word: Int, of words: KeyWords) -> Bool {
        words.contains(word, in: phraseWords)
    }

    /// Whether a text has a word for a secret of a language that does not part words.
    func holdsJapaneseWord(_ text: [UInt8]) -> Bool {
        let folded = WideForms.folded(text).map(\.asciiFolded)
        return japanese.contains { folded.index(of: $0) != nil }
    }

    /// What a whole key says of its value, without the quick look before.
    func meaning(ofKey key: Span<UInt8>) -> Meaning? {
        if ByteSet(of: key).isDisjoint(with: .beyondASCII) {
            return meaning(ofWords: KeyWords(key))
        }
        let folded = WideForms.folded(key.copy(0..<key.count))
        if folded.contains(where: { $0 >= 0x80 }), let meaning = japaneseMeaning(folded) {
            return meaning
        }
        return meaning(ofWords: KeyWords(folded))
    }

    private func meaning(ofWords words: KeyWords) -> Meaning? {
        guard let (range, meaning) = lastPhrase(in: words) else { return nil }
        let before = 0..<range.lowerBound
        let suffix = range.upperBound..<words.count
        if words.contains(before, in: quantity) || words.contains(suffix, in: quantity)
            || words.contains(suffix, in: metadata)
        {
            return nil
        }
        if let last = before.last {
            if words.contains(last, in: prefix) { return nil }
            if words.contains(last, in: verbs) { return .described }
        }
        if words.contains(suffix, in: context) { return .described }
        if words.contains(before, in: prefix) || words.contains(before, in: verbs) {
            return .perhaps
        }
        let isAlone = range.lowerBound == 0
        if isAlone, range.count == 1, words.contains(0, in: Self.passes) { return .perhaps }
        let isPlain = suffix.allSatisfy {
            words.contains($0, in: neutral) || words[$0].allSatisfy(\.isASCIIDigit)
        }
        return isPlain ? meaning : .perhaps
    }

    private static let passes = WordSet(["pass"])

    private func lastPhrase(in words: KeyWords) -> (Range<Int>, Meaning)? {
        for end in stride(from: words.count, to: 0, by: -1) {
            for count in stride(from: min(longestPhrase, end), to: 0, by: -1) {
                let range = end - count..<end
                if let number = words.number(of: range, in: phrases) {
                    return (range, meanings[number])
                }
            }
            // A whole word was a phrase above.
            let last = words.letters(of: end - 1..<end)
            if glued.endsText(words.letters.span.extracting(last)) {
                return (end - 1..<end, .secret)
            }
        }
        return nil
    }

    /// `DBパスワード（本番）` names a secret, `パスワードの長さ` does not.
    private func japaneseMeaning(_ key: [UInt8]) -> Meaning? {
        var rest = key.map(\.asciiFolded)[...]
        if rest.last == UInt8(ascii: ")"), let start = rest.lastIndex(of: UInt8(ascii: "(")) {
            rest = rest[..<start]
        }
        // `パスワード_本番`, `パスワード1`
        for _ in 0..<4 {
            if let last = rest.last, last.isASCIIDigit || " _-.".utf8.contains(last) {
                rest.removeLast()
            } else if let word = japaneseNeutral.first(where: {
                rest.count > $0.count && rest.suffix($0.count).elementsEqual($0)
            }) {
                rest = rest.dropLast(word.count)
            } else {
                break
            }
        }
        func ends(_ words: [[UInt8]]) -> Bool {
            words.contains { rest.suffix($0.count).elementsEqual($0) }
        }
        return ends(japanese) ? .secret : ends(japaneseWeak) ? .perhaps : nil
    }
}
