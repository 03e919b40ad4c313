/// Forms of values that stand where a secret is expected and are none.
///
/// Where a form is asked for `isWhole`, as in files of settings, nothing of the value may be outside
/// of it: a literal is refused there whatever its entropy.
enum StandIn {
    private static let numberBytes = ByteSet.digits.union(ByteSet(ascii: "+-_.,eExX%"))
    private static let numberStarts = ByteSet(ascii: "+-.")
    private static let digitJoints = ByteSet(ascii: ".,_")
    private static let unitSigns = ByteSet(ascii: " /-")
    private static let nameJoints = ByteSet(ascii: "-_./:@#")

    static func trimmed(_ value: ValueBytes) -> ValueBytes {
        guard let first = value.first, let last = value.last, first <= 0x20 || last <= 0x20 else {
            return value
        }
        return ValueBytes(trimmed(value.bytes))
    }

    static func trimmed(_ value: [UInt8]) -> [UInt8] {
        guard let first = value.first, let last = value.last, first <= 0x20 || last <= 0x20 else {
            return value
        }
        var slice = value[...]
        while let first = slice.first, first <= 0x20 { slice.removeFirst() }
        while let last = slice.last, last <= 0x20 { slice.removeLast() }
        return Array(slice)
    }

    private static let words = WordSet(WordList.stateWord.words)
    private static let proseWords = WordSet(WordList.proseWord.words)
    private static let algorithms = WordSet(WordList.algorithm.words)
    private static let labels = WordSet(WordList.label.words)
    private static let units = WordSet(WordList.unit.words)

    /// A word of a schema, a policy or a state, the name of an algorithm, a label.
    static func isWord(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        guard value.count <= 32 else { return false }
        return words.contains(value, isFolded: true) || algorithms.contains(value, isFolded: true)
            || labels.contains(value, isFolded: false)
            || !isWhole && proseWords.contains(value, isFolded: true)
    }

    /// Whether letters and digits change as seldom as in words: `v2` does, `Kq9vT2` does not.
    static func isWording(_ value: some Collection<UInt8>) -> Bool {
        var changes = 0
        var last: UInt8 = 0
        for byte in value {
            if !byte.isASCIIAlphanumeric {
                changes = 0
            } else if last.isASCIIAlphanumeric, last.isASCIIDigit != byte.isASCIIDigit {
                changes += 1
                if changes > 2 { return false }
            }
            last = byte
        }
        return true
    }

    static func isNumber(_ value: ValueBytes) -> Bool {
        if value.first == 0x30, value.count <= 18, value.count > 2, value.starts(with: "0x") {
            return value.bytes.dropFirst(2).allSatisfy(\.isHexDigit)
        }
        guard let first = value.first, first.isASCIIDigit || numberStarts.contains(first) else {
            return false
        }
        return value.hasDigit && value.consists(of: numberBytes)
    }

    private static let versionStarts = ByteSet(ascii: "^~<>=v| ")
    private static let versionSigns = ByteSet(ascii: "^~<>=v")
    private static let tailStarts = ByteSet(ascii: "-+")

    /// `#3b82f6`: a colour, as tokens of a design have them.
    static func isColor(_ value: ValueBytes) -> Bool {
        value.first == UInt8(ascii: "#") && [4, 5, 7, 9].contains(value.count)
            && value.bytes.dropFirst().allSatisfy(\.isHexDigit)
    }

    /// `^9.0.0`, `>=1.0.0 <2.0.0`, `~4.1-beta.2`: which versions of a package will do.
    static func isVersion(_ value: ValueBytes) -> Bool {
        guard value.count <= 64, let first = value.first,
            first.isASCIIDigit || versionStarts.contains(first), value.has(".") || value.has("|")
        else { return false }
        let parts = value.bytes.split(separator: 0x20)
        return !parts.isEmpty
            && parts.allSatisfy { part in
                if part.elementsEqual("||".utf8) { return true }
                let number = part.drop { versionSigns.contains($0) }
                let numerals = number.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
                let tail = number[numerals.endIndex...]
                return numerals.first?.isASCIIDigit == true
                    && numerals.contains(UInt8(ascii: "."))
                    && (tail.isEmpty
                        || tailStarts.contains(tail[tail.startIndex])
                            && tail.count <= 16 && isName(ValueBytes(tail)))
            }
    }

    /// `sha512-…`, `sha256:…`: a digest with the name of its algorithm.
    static func isDigest(_ value: ValueBytes) -> Bool {
        guard value.has("-") || value.has(":"),
            let joint = value.bytes.firstIndex(where: { digestJoints.contains($0) }),
            joint + 32 < value.count
        else { return false }
        return digests.contains(value.bytes[..<joint])
            && value.bytes[(joint + 1)...].allSatisfy { digestBytes.contains($0) }
    }

    private static let digests = WordSet([
        "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake3", "blake2b",
    ])
    private static let digestJoints = ByteSet(ascii: "-:")
    private static let digestBytes = ByteSet.alphanumerics.union(ByteSet(ascii: "+/=_-"))

    /// `ssh-ed25519 AAAA…`: a public key.
    static func isPublicKey(_ value: ValueBytes) -> Bool {
        guard let first = value.first, first == 0x73 || first == 0x65, value.has(" ") else {
            return false
        }
        return ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"].contains { value.starts(with: $0) }
            && value.bytes.holds(" AAAA")
    }

    /// A number with its unit: `200k`, `30 days`, `4096 tokens/min`.
    static func isQuantity(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        guard value.first?.isASCIIDigit == true else { return false }
        let digits = value.bytes.prefix { $0.isASCIIDigit || digitJoints.contains($0) }
        guard digits.count <= 12 else { return false }
        let rest = value.bytes[digits.count...]
        if rest.first == 0x20 {
            guard rest.allSatisfy({ $0.isASCIILetter || unitSigns.contains($0) }) else {
                return false
            }
            return !isWhole
                || rest.split(whereSeparator: { !$0.isASCIILetter })
                    .allSatisfy { units.containsFolded($0) }
        }
        return rest.count <= 4 && units.containsFolded(rest)
    }

    private static let variableBytes = ByteSet.upperLetters.union(.digits)
        .union(ByteSet(ascii: "_"))

    /// `GITHUB_TOKEN`: the name of a variable that holds the secret.
    static func isNameOfVariable(_ value: ValueBytes) -> Bool {
        guard value.has("_"), value.consists(of: variableBytes) else { return false }
        let parts = value.bytes.split(separator: UInt8(ascii: "_"))
        return parts.count >= 2
            && parts.contains { $0.count >= 3 && $0.allSatisfy(\.isASCIIUpper) }
            && parts.allSatisfy { $0.allSatisfy(\.isASCIIUpper) || $0.count <= 2 }
    }

    private static let nameBytes = ByteSet.alphanumerics.union(nameJoints)

    /// `model-key`, `claude-sonnet-4-20250929`: words and short numbers with joints between.
    static func isName(_ value: ValueBytes) -> Bool {
        guard value.consists(of: nameBytes) else { return false }
        var parts = 0
        var fitting = 0
        var isWord = false
        var letters = 0
        var digits = 0
        func endPart() {
            guard letters + digits > 0 else { return }
            parts += 1
            isWord = digits == 0
            let isFitting =
                digits == 0 && letters <= 24 || letters == 0 && digits <= 8 || letters + digits <= 6
            fitting += isFitting ? 1 : 0
            letters = 0
            digits = 0
        }
        let bytes = value.bytes.span
        for index in bytes.indices {
            if bytes[index].isASCIILetter {
                letters += 1
            } else if bytes[index].isASCIIDigit {
                digits += 1
            } else {
                endPart()
            }
        }
        endPart()
        return parts == 1 ? isWord : parts > 0 && fitting == parts
    }

    private static let uuidBytes = ByteSet.hexDigits.union(ByteSet(ascii: "-"))

    static func isUUID(_ value: ValueBytes) -> Bool {
        value.count == 36 && value.consists(of: uuidBytes)
            && value.bytes.indices.allSatisfy {
                [8, 13, 18, 23].contains($0) == (value.bytes[$0] == UInt8(ascii: "-"))
            }
    }
}
