/// What may stand where a secret is expected.
extension ValueVocabulary {
    private static let sentenceWords = WordSet(WordList.sentenceWord.words)
    private static let instructions = WordSet(WordList.instruction.words)
    private static let example = LiteralSearch([Array("example".utf8)])
    private static let japaneseSentences = WordList.japaneseSentence.words

    /// Whether a value under a key that names a secret is no secret: empty, a reference, a
    /// placeholder, masked, a word of a schema or policy, a text about secrets.
    ///
    /// - Parameters:
    ///   - isWhole: whether the whole value must be one of these, as in a file of settings.
    ///   - key: the key, when a label with a word of it is accepted.
    func isStandIn(
        _ value: ValueBytes, isQuoted: Bool, isWhole: Bool = false, key: [UInt8] = []
    ) -> Bool {
        let value = StandIn.trimmed(value)
        guard value.hasAny(of: Self.meaningful) else { return true }
        // Most that stand in for a secret are placeholders, and such a value is no number, and with
        // no blank in it no scheme stands before another.
        let isTemplate = value.first.map { Self.templateStarts.contains($0) } == true
        let mayBeCovered = !isTemplate || value.has(" ")
        if !mayBeCovered, isCovered(value, isWhole: isWhole, key: key) { return true }
        if StandIn.isWord(value, isWhole: isWhole)
            || StandIn.isReference(value, isWhole: isWhole)
            || StandIn.isMasked(value, isWhole: isWhole)
        {
            return true
        }
        if StandIn.isNumber(value) { return !isQuoted || value.count < 4 }
        if StandIn.isQuantity(value, isWhole: isWhole) || StandIn.isVersion(value)
            || StandIn.isNameOfVariable(value) || StandIn.isColor(value)
            || StandIn.isPublicKey(value)
        {
            return true
        }
        if StandIn.isCode(value, isWhole: isWhole) || StandIn.isAddress(value, isWhole: isWhole) {
            return true
        }
        if let rest = AuthenticationScheme.stripped(value) {
            return isStandIn(rest, isQuoted: false, isWhole: isWhole, key: key)
        }
        if mayBeCovered, isCovered(value, isWhole: isWhole, key: key) { return true }
        return hasWordsOfStandIn(value, isWhole: isWhole, key: key)
    }

    private static let templateStarts = ByteSet(ascii: "$<{")

    /// Whether placeholders make up the value.
    private func isCovered(_ value: ValueBytes, isWhole: Bool, key: [UInt8]) -> Bool {
        Placeholder.covers(
            value,
            isDefaultAccepted: {
                isStandIn(ValueBytes($0), isQuoted: true, isWhole: isWhole, key: key)
            })
    }

    /// Whether the words of a value are those of a placeholder or of a label.
    private func hasWordsOfStandIn(_ value: ValueBytes, isWhole: Bool, key: [UInt8]) -> Bool {
        let words = KeyWords(value.bytes)
        return value.count <= 1_024 && hasPlaceholderWord(value, words, isWhole: isWhole)
            || isLabel(value, words, isWhole: isWhole, key: key)
    }

    private static let meaningful = ByteSet.alphanumerics.union(.beyondASCII)
    private static let exampleBytes = ByteSet(ascii: "EXAMPL")
    private static let foreign = ByteSet(0xE3...0xED)
    private static let sentenceEnds = ByteSet(ascii: ".?!:")

    /// `your-api-key-here`, `REPLACE_ME`, `…EXAMPLEKEY`.
    func hasPlaceholderWord(_ value: ValueBytes) -> Bool {
        hasPlaceholderWord(value, KeyWords(value.bytes), isWhole: false)
    }

    private func hasPlaceholderWord(
        _ value: ValueBytes, _ words: KeyWords, isWhole: Bool
    ) -> Bool {
        // Providers write it so into their own examples.
        if Self.exampleBytes.isSubset(of: value.kinds), value.bytes.holds("EXAMPLE") {
            return true
        }
        if !isWhole, value.has("x") || value.has("X"), value.has("m") || value.has("M"),
            Self.example.isFound(in: value.bytes.span)
        {
            return true
        }
        guard hasPlaceholder(in: words) else { return false }
        guard isWhole else { return true }
        if value.has(" ") {
            var found = 0
            for word in 0..<words.count {
                if keys.isWordOfPhrase(word, of: words) { return true }
                if words.contains(word, in: placeholders) { found += 1 }
            }
            return found >= 2
        }
        return StandIn.isWording(value.bytes)
    }

    /// Whether one of the words, or two of them joined, stands in the place of a secret.
    private func hasPlaceholder(in words: KeyWords) -> Bool {
        for word in 0..<words.count {
            if words.contains(word, in: placeholders) { return true }
            if word > 0, words.number(of: word - 1..<word + 1, in: placeholders) != nil {
                return true
            }
        }
        return false
    }

    /// A label or a sentence: several words of which one is about secrets, or that end as a
    /// sentence does, or another script.
    private func isLabel(
        _ value: ValueBytes, _ words: KeyWords, isWhole: Bool, key: [UInt8]
    ) -> Bool {
        if value.hasAny(of: Self.foreign) { return isForeignLabel(value, isWhole: isWhole) }
        guard value.has(" ") else { return false }
        // The words first: a look for a credential in each part takes longer.
        let parts = Self.countOfParts(value)
        guard parts >= 2, hasWordsOfLabel(value, parts, words, isWhole: isWhole, key: key) else {
            return false
        }
        return !hasDangerousPart(value)
    }

    private func hasWordsOfLabel(
        _ value: ValueBytes, _ parts: Int, _ words: KeyWords, isWhole: Bool, key: [UInt8]
    ) -> Bool {
        let isSentence =
            parts >= 4 && value.last.map { Self.sentenceEnds.contains($0) } == true
        let isAboutSecret = (0..<words.count).contains { keys.isWordOfPhrase($0, of: words) }
        guard isWhole else { return isSentence || isAboutSecret }
        if isSentence,
            (0..<words.count).count(where: { words.contains($0, in: Self.sentenceWords) }) >= 2
        {
            return true
        }
        guard isAboutSecret else { return false }
        if words.contains(in: Self.instructions) || words.contains(in: placeholders) { return true }
        let own = KeyWords(key).all.filter { $0.count >= 3 }
        return (0..<words.count).contains { own.contains(words[$0]) }
    }

    /// How many parts a value has with blanks between them.
    private static func countOfParts(_ value: ValueBytes) -> Int {
        let bytes = value.bytes.span
        var parts = 0
        var last: UInt8 = 0x20
        for index in bytes.indices {
            if bytes[index] != 0x20, last == 0x20 { parts += 1 }
            last = bytes[index]
        }
        return parts
    }

    /// Whether one of the parts looks like a credential.
    private func hasDangerousPart(_ value: ValueBytes) -> Bool {
        guard value.hasDigit else { return false }
        var start = 0
        for index in 0...value.count where index == value.count || value.bytes[index] == 0x20 {
            if index > start, looksSecret(value.bytes[start..<index]) { return true }
            start = index + 1
        }
        return false
    }

    /// Whether a part of a value looks like a credential.
    private func looksSecret(_ part: ArraySlice<UInt8>) -> Bool {
        part.count >= Self.shortestSecret && looksSecret(ValueBytes(part))
    }

    private func isForeignLabel(_ value: ValueBytes, isWhole: Bool) -> Bool {
        // A label does not end in digits, as a password made of a word does.
        if let last = value.last, last.isASCIIDigit, value.count <= 48 { return false }
        if value.bytes.split(whereSeparator: { $0 >= 0x80 || $0 == 0x20 })
            .contains(where: { looksSecret($0) || isWhole && !StandIn.isWording($0) })
        {
            return false
        }
        return !isWhole || keys.holdsJapaneseWord(value.bytes)
            || Self.japaneseSentences.contains { value.bytes.index(of: $0) != nil }
    }
}
