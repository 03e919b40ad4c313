/// What may stand where a secret is expected, and what looks like one.
final class ValueVocabulary: Sendable {
    let placeholders: WordSet
    private let guessable: WordSet
    /// Finds the words that examples are made of, and the length of each ending.
    let common: LiteralSearch
    let commonLengths: [Int]
    let keys: KeyVocabulary
    /// What ``looksTyped(_:)`` has at least.
    static let shortestTyped = 6
    /// What ``looksSecret(_:)`` has at least.
    static let shortestSecret = 8
    private static let tokenBytes = ByteSet.alphanumerics.union(ByteSet(ascii: "+/=_-.~%"))
    private static let passwordSigns = ByteSet(ascii: "!@#$%^&*?")
    private static let shown = ByteSet(0x21...0x7E)
    private static let foreignSigns = shown.complement
        .union(ByteSet(ascii: "()[]{}<>;,\"'`\\|/:="))
    private static let typedBytes = ByteSet.alphanumerics.union(ByteSet(ascii: "!@#%^*_-.+"))
    private static let literalSigns = ByteSet.digits.union(passwordSigns)
    private static let codeSigns = shown.complement.union(ByteSet(ascii: "()[]{}<>\\"))
    private static let variableStarts = ByteSet(ascii: "$%&#*")

    init(_ rules: SecretRules.Keys, keys: KeyVocabulary) {
        placeholders = WordSet(rules.words)
        let words = Set(
            rules.common.filter { $0.count <= 14 && $0.allSatisfy { $0.isASCIILower } })
        common = LiteralSearch(Array(words))
        let lengths = words.map(\.count)
        commonLengths = common.endings.map { lengths[$0] }
        guessable = WordSet(rules.guessable)
        self.keys = keys
    }

    /// Whether a value looks like a credential without a look at its key: enough chance in it, or
    /// made as passwords are made.
    func looksSecret(_ value: ValueBytes) -> Bool {
        value.count >= Self.shortestSecret && value.count <= 4_096 && !value.has(" ")
            && value.hasDigit && value.hasLetter
            && (looksRandom(value) || looksLikePassword(value))
            && !Predictability.isSequence(value.bytes) && !hasPlaceholderWord(value)
    }

    /// Key-word level: at least 20 characters, 3.0 bits for hex, 3.6 for base64 and base62.
    private func looksRandom(_ value: ValueBytes) -> Bool {
        if value.consists(of: .hexDigits) {
            return value.count >= 20 && Predictability.entropy(value) >= 3.0
        }
        guard value.count >= 12, value.consists(of: Self.tokenBytes), isMixed(value) else {
            return false
        }
        return !StandIn.isName(value) && !StandIn.isUUID(value) && !isCommon(value)
    }

    /// Whether letters and digits change as often as chance has it.
    private func isMixed(_ value: ValueBytes) -> Bool {
        let pieces = Predictability.pieces(value.bytes)
        guard value.count < 20 else {
            // Names in camel case have fewer pieces, or long runs of small letters.
            let changes =
                pieces * 10 >= value.count * 3
                || pieces * 4 >= value.count && Predictability.longestLowerRun(value.bytes) <= 4
            return changes && Predictability.entropy(value) >= 3.6
        }
        return pieces * 10 >= value.count * 4 && value.hasAny(of: .upperLetters)
            && value.hasAny(of: .lowerLetters) && value.consists(of: .alphanumerics)
    }

    /// Letters, digits and a sign that names and paths do not have: `Sakura-7781!`.
    private func looksLikePassword(_ value: ValueBytes) -> Bool {
        guard value.count <= 64, value.hasAny(of: Self.passwordSigns),
            !value.hasAny(of: Self.foreignSigns)
        else { return false }
        if value.has("@"), let at = value.bytes.firstIndex(of: UInt8(ascii: "@")),
            value.bytes[at...].contains(UInt8(ascii: ".")) || at == 0
        {
            return false
        }
        return !Self.variableStarts.contains(value.bytes[0]) && !isCommon(value)
    }

    /// Whether base64 holds `user:password`; one of examples counts only if strict.
    func isNameAndPassword(_ text: [UInt8], isStrict: Bool) -> Bool {
        guard text.count >= 8, let decoded = Base64Text.decoded(text), decoded.count >= 5,
            decoded.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let password = Array(decoded[(colon + 1)...])
        return !password.isEmpty && (isStrict || !isCommon(ValueBytes(password)))
    }

    /// Whether a text in quotes is a literal and no name of something: it has a letter, and a
    /// digit or a sign that names do not have.
    func isLiteral(_ value: ValueBytes) -> Bool {
        value.count >= 4 && value.count <= 4_096 && value.hasLetter
            && value.hasAny(of: Self.literalSigns) && !value.hasAny(of: Self.codeSigns)
            && !StandIn.isName(value)
    }

    /// Whether it is one of the passwords that people choose most: `qwerty99`.
    func isGuessable(_ value: [UInt8]) -> Bool {
        value.count <= 32
            && guessable.contains(value.map(\.asciiFolded).filter(\.isASCIILower))
    }

    /// Letters and digits together under a name of a flag or variable: `Winter2026`.
    func looksTyped(_ value: ValueBytes) -> Bool {
        looksSecret(value)
            || (value.count >= Self.shortestTyped && value.count <= 64 && value.hasDigit
                && value.hasLetter && value.consists(of: Self.typedBytes)
                && !StandIn.isName(value) && !Predictability.isSequence(value.bytes)
                && !isCommon(value))
    }
}
