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
        _ value: [UInt8], isQuoted: Bool, isWhole: Bool = false, key: [UInt8] = []
    ) -> Bool {
        let value = StandIn.trimmed(value)
        guard value.contains(where: { $0.isASCIIAlphanumeric || $0 >= 0x80 }) else { return true }
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
        if Placeholder.covers(
            value,
            isDefaultAccepted: { isStandIn($0, isQuoted: true, isWhole: isWhole, key: key) })
        {
            return true
        }
        if value.count <= 1_024, hasPlaceholderWord(value, isWhole: isWhole) { return true }
        return isLabel(value, isWhole: isWhole, key: key)
    }

    /// `your-api-key-here`, `REPLACE_ME`, `…EXAMPLEKEY`.
    func hasPlaceholderWord(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        // Providers write it so into their own examples.
        if value.holds("EXAMPLE") { return true }
        if !isWhole, Self.example.isFound(in: value.span) { return true }
        let words = KeyWords(value)
        let isFound =
            words.contains(in: placeholders)
            || (1..<max(words.count, 1)).contains {
                placeholders.contains(words.letters[words.letters(of: $0 - 1..<$0 + 1)])
            }
        guard isFound, isWhole else { return isFound }
        if value.contains(0x20) {
            return words.all.count { placeholders.contains($0) } >= 2
                || words.all.contains { keys.isWordOfPhrase($0) }
        }
        return StandIn.isWording(value)
    }

    /// A label or a sentence: several words of which one is about secrets, or that end as a
    /// sentence does, or another script.
    private func isLabel(_ value: [UInt8], isWhole: Bool, key: [UInt8]) -> Bool {
        if value.contains(where: { $0 >= 0xE3 && $0 <= 0xED }) {
            return isForeignLabel(value, isWhole: isWhole)
        }
        let parts = value.split(separator: 0x20)
        guard parts.count >= 2, !parts.contains(where: { looksSecret(Array($0)) }) else {
            return false
        }
        let isSentence = parts.count >= 4 && value.last.map { ".?!:".utf8.contains($0) } == true
        let words = KeyWords(value).all
        let isAboutSecret = words.contains { keys.isWordOfPhrase($0) }
        guard isWhole else { return isSentence || isAboutSecret }
        if isSentence, words.count(where: { Self.sentenceWords.contains($0) }) >= 2 { return true }
        let own = KeyWords(key).all.filter { $0.count >= 3 }
        return isAboutSecret
            && words.contains {
                own.contains($0) || Self.instructions.contains($0) || placeholders.contains($0)
            }
    }

    private func isForeignLabel(_ value: [UInt8], isWhole: Bool) -> Bool {
        // A label does not end in digits, as a password made of a word does.
        if let last = value.last, last.isASCIIDigit, value.count <= 48 { return false }
        if value.split(whereSeparator: { $0 >= 0x80 || $0 == 0x20 })
            .contains(where: { looksSecret(Array($0)) || isWhole && !StandIn.isWording($0) })
        {
            return false
        }
        return !isWhole || keys.holdsJapaneseWord(value)
            || Self.japaneseSentences.contains { value.index(of: $0) != nil }
    }
}
