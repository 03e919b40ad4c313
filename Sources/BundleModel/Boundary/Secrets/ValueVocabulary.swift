/// What may stand where a secret is expected, and what looks like one.
final class ValueVocabulary: Sendable {
    let placeholders: WordSet
    private let guessable: WordSet
    /// Finds the words that examples are made of, and the length of each.
    let common: LiteralSearch
    let commonLengths: [Int]
    let keys: KeyVocabulary
    /// What ``looksTyped(_:)`` has at least.
    static let shortestTyped = 6
    private static let tokenSigns = ByteSet(ascii: "+/=_-.~%")
    private static let passwordSigns = ByteSet(ascii: "!@#$%^&*?")
    private static let foreignSigns = ByteSet(ascii: "()[]{}<>;,\"'`\\|/:=")
    private static let typedSigns = ByteSet(ascii: "!@#%^*_-.+")

    init(_ rules: SecretRules.Keys, keys: KeyVocabulary) {
        placeholders = WordSet(rules.words)
        let words = Set(
            rules.common.filter { $0.count <= 14 && $0.allSatisfy { $0.isASCIILower } })
        common = LiteralSearch(Array(words))
        commonLengths = words.map { $0.count }
        guessable = WordSet(rules.guessable)
        self.keys = keys
    }

    /// Whether a value looks like a credential without a look at its key: enough chance in it, or
    /// made as passwords are made.
    func looksSecret(_ value: [UInt8]) -> Bool {
        value.count >= 8 && value.count <= 4_096 && !value.contains(0x20)
            && (looksRandom(value) || looksLikePassword(value))
            && !Predictability.isSequence(value) && !hasPlaceholderWord(value)
    }

    /// Key-word level: at least 20 characters, 3.0 bits for hex, 3.6 for base64 and base62.
    private func looksRandom(_ value: [UInt8]) -> Bool {
        guard value.contains(where: \.isASCIIDigit), value.contains(where: \.isASCIILetter)
        else { return false }
        if value.allSatisfy(\.isHexDigit) {
            return value.count >= 20 && Predictability.entropy(value) >= 3.0
        }
        guard value.count >= 12,
            value.allSatisfy({ $0.isASCIIAlphanumeric || Self.tokenSigns.contains($0) }),
            isMixed(value)
        else { return false }
        return !StandIn.isName(value) && !StandIn.isUUID(value) && !isCommon(value)
    }

    /// Whether letters and digits change as often as chance has it.
    private func isMixed(_ value: [UInt8]) -> Bool {
        let pieces = Predictability.pieces(value)
        guard value.count < 20 else {
            // Names in camel case have fewer pieces, or long runs of small letters.
            let changes =
                pieces * 10 >= value.count * 3
                || pieces * 4 >= value.count && Predictability.longestLowerRun(value) <= 4
            return changes && Predictability.entropy(value) >= 3.6
        }
        return pieces * 10 >= value.count * 4
            && value.contains(where: \.isASCIIUpper) && value.contains(where: \.isASCIILower)
            && value.allSatisfy(\.isASCIIAlphanumeric)
    }

    /// Letters, digits and a sign that names and paths do not have: `Sakura-7781!`.
    private func looksLikePassword(_ value: [UInt8]) -> Bool {
        guard value.count <= 64, value.contains(where: \.isASCIILetter),
            value.contains(where: \.isASCIIDigit),
            value.contains(where: { Self.passwordSigns.contains($0) }),
            value.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.foreignSigns.contains($0) }
            )
        else { return false }
        if let at = value.firstIndex(of: UInt8(ascii: "@")),
            value[at...].contains(UInt8(ascii: ".")) || at == 0
        {
            return false
        }
        return !"$%&#*".utf8.contains(value[0]) && !isCommon(value)
    }

    /// Whether base64 holds `user:password`; one of examples counts only if strict.
    func isNameAndPassword(_ text: [UInt8], isStrict: Bool) -> Bool {
        guard text.count >= 8, let decoded = Base64Text.decoded(text), decoded.count >= 5,
            decoded.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let password = Array(decoded[(colon + 1)...])
        return !password.isEmpty && (isStrict || !isCommon(password))
    }

    /// Whether a text in quotes is a literal and no name of something: it has a letter, and a
    /// digit or a sign that names do not have.
    func isLiteral(_ value: [UInt8]) -> Bool {
        value.count >= 4 && value.count <= 4_096 && value.contains(where: \.isASCIILetter)
            && value.contains(where: { $0.isASCIIDigit || "!@#$%^&*?".utf8.contains($0) })
            && value.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"()[]{}<>\\".utf8.contains($0) }
            && !StandIn.isName(value)
    }

    /// Whether it is one of the passwords that people choose most: `qwerty99`.
    func isGuessable(_ value: [UInt8]) -> Bool {
        value.count <= 32
            && guessable.contains(value.map(\.asciiFolded).filter(\.isASCIILower))
    }

    /// Letters and digits together under a name of a flag or variable: `Winter2026`.
    func looksTyped(_ value: [UInt8]) -> Bool {
        looksSecret(value)
            || (value.count >= Self.shortestTyped && value.count <= 64
                && value.contains(where: \.isASCIIDigit)
                && value.contains(where: \.isASCIILetter)
                && value.allSatisfy({ $0.isASCIIAlphanumeric || Self.typedSigns.contains($0) })
                && !StandIn.isName(value) && !Predictability.isSequence(value)
                && !isCommon(value))
    }
}
