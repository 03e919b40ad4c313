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

    private let phrases: [[UInt8]: Meaning]
    private let japanese: [[UInt8]]
    private let neutral: Set<[UInt8]>
    private let japaneseWeak: [[UInt8]]
    private let japaneseNeutral: [[UInt8]]
    private let metadata: Set<[UInt8]>
    private let context: Set<[UInt8]>
    private let quantity: Set<[UInt8]>
    private let prefix: Set<[UInt8]>
    private let verbs: Set<[UInt8]>
    /// Finds whether a key has any of the words at all.
    private let search: LiteralSearch
    private let longestPhrase: Int
    /// Phrases that end a word which is written without any joint: `DBPASSWORD`.
    private let glued: [[UInt8]]

    /// Literals that lead to a key in running text.
    let literals: [[UInt8]]

    init(_ keys: SecretRules.Keys) {
        func words(_ list: [String]) -> Set<[UInt8]> { Set(list.map { Array($0.utf8) }) }
        var phrases: [[UInt8]: Meaning] = [:]
        var literals: Set<[UInt8]> = []
        var ends: Set<[UInt8]> = []
        var longest = 1
        for (list, meaning) in [
            (keys.secret, Meaning.secret), (keys.plural, .several), (keys.weak, .perhaps),
        ] {
            for phrase in list {
                let parts = phrase.split(separator: " ").map { Array($0.utf8) }
                phrases[Array(parts.joined())] = meaning
                longest = max(longest, parts.count)
                for joint in ["", "_", "-", " ", "."] {
                    literals.insert(Array(parts.joined(separator: joint.utf8)))
                }
                if let last = parts.last { ends.insert(last) }
            }
        }
        japanese = keys.japanese.map { Array($0.utf8) }
        japaneseWeak = keys.japaneseWeak.map { Array($0.utf8) }
        japaneseNeutral = keys.japaneseNeutral.map { Array($0.utf8) }
        self.phrases = phrases
        longestPhrase = longest
        glued = phrases.filter { $0.value == .secret && $0.key.count >= 5 }.map(\.key)
        neutral = words(keys.neutral)
        metadata = words(keys.metadata)
        context = words(keys.context)
        quantity = words(keys.quantity)
        prefix = words(keys.prefix)
        verbs = words(keys.verbs)
        self.literals = (Array(literals) + japanese).sorted { $0.lexicographicallyPrecedes($1) }
        search = LiteralSearch(
            (Array(ends) + japanese + japaneseWeak).sorted { $0.lexicographicallyPrecedes($1) })
    }

    /// Whether a key says what its value is about, and no more.
    func isMetadata(_ key: [UInt8]) -> Bool {
        guard let last = KeyWords.split(key).last else { return true }
        return metadata.contains(last) || context.contains(last) || quantity.contains(last)
    }

    /// Whether a key says nothing of its value, as `value` and `prod` do.
    func isNeutral(_ key: [UInt8]) -> Bool {
        KeyWords.split(key).allSatisfy(neutral.contains)
    }

    /// What a whole key says of its value; nil when it does not name a secret.
    func meaning(of key: Span<UInt8>) -> Meaning? {
        guard key.count <= 256, search.isFound(in: key) || WideForms.areFound(in: key) else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(key.count)
        for index in key.indices { bytes.append(key[index]) }
        return meaning(ofKey: bytes)
    }

    /// Whether a word alone names a secret, or is the last word of such a name.
    func isWordOfPhrase(_ word: [UInt8]) -> Bool {
        phrases[word] != nil || word.elementsEqual("key".utf8)
    }

    /// Whether a text has a word for a secret of a language that does not part words.
    func holdsJapaneseWord(_ text: [UInt8]) -> Bool {
        let folded = WideForms.folded(text).map(\.asciiFolded)
        return japanese.contains { folded.index(of: $0) != nil }
    }

    /// What a whole key says of its value, without the quick look before.
    func meaning(ofKey key: [UInt8]) -> Meaning? {
        let key = WideForms.folded(key)
        if key.contains(where: { $0 >= 0x80 }), let meaning = japaneseMeaning(key) {
            return meaning
        }
        return meaning(ofWords: KeyWords.split(key))
    }

    private func meaning(ofWords words: [[UInt8]]) -> Meaning? {
        guard let (range, meaning) = lastPhrase(in: words) else { return nil }
        let before = words[..<range.lowerBound]
        let suffix = words[range.upperBound...]
        if before.contains(where: quantity.contains) || suffix.contains(where: quantity.contains)
            || suffix.contains(where: metadata.contains)
        {
            return nil
        }
        if let last = before.last {
            if prefix.contains(last) { return nil }
            if verbs.contains(last) { return .described }
        }
        if suffix.contains(where: context.contains) { return .described }
        if before.contains(where: { prefix.contains($0) || verbs.contains($0) }) {
            return .perhaps
        }
        let isAlone = range.lowerBound == 0
        if isAlone, range.count == 1, words[0].elementsEqual("pass".utf8) { return .perhaps }
        let isPlain = suffix.allSatisfy { neutral.contains($0) || $0.allSatisfy(\.isASCIIDigit) }
        return isPlain ? meaning : .perhaps
    }

    private func lastPhrase(in words: [[UInt8]]) -> (Range<Int>, Meaning)? {
        for end in stride(from: words.count, to: 0, by: -1) {
            for count in stride(from: min(longestPhrase, end), to: 0, by: -1) {
                let range = end - count..<end
                if let meaning = phrases[Array(words[range].joined())] { return (range, meaning) }
            }
            let word = words[end - 1]
            if glued.contains(where: { word.count > $0.count && word.suffix($0.count) == $0[...] })
            {
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
