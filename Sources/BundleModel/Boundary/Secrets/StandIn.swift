/// Forms of values that stand where a secret is expected and are none.
///
/// Where a form is asked for `isWhole`, as in files of settings, nothing of the value may be outside
/// of it: a literal is refused there whatever its entropy.
enum StandIn {
    private static let numberSigns = ByteSet(ascii: "+-_.,eExX%")
    private static let numberStarts = ByteSet(ascii: "+-.")
    private static let digitJoints = ByteSet(ascii: ".,_")
    private static let unitSigns = ByteSet(ascii: " /-")
    private static let nameJoints = ByteSet(ascii: "-_./:@#")
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
    static func isWord(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        guard value.count <= 32 else { return false }
        return words.containsFolded(value[...]) || algorithms.containsFolded(value[...])
            || labels.contains(value) || !isWhole && proseWords.containsFolded(value[...])
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

    static func isNumber(_ value: [UInt8]) -> Bool {
        if value.count <= 18, value.starts(with: "0x".utf8), value.count > 2 {
            return value.dropFirst(2).allSatisfy(\.isHexDigit)
        }
        return value.allSatisfy { $0.isASCIIDigit || numberSigns.contains($0) }
            && value.contains(where: \.isASCIIDigit)
            && (value[0].isASCIIDigit || numberStarts.contains(value[0]))
    }

    private static let versionStarts = ByteSet(ascii: "^~<>=v| ")

    /// `#3b82f6`: a colour, as tokens of a design have them.
    static func isColor(_ value: [UInt8]) -> Bool {
        value.first == UInt8(ascii: "#") && [4, 5, 7, 9].contains(value.count)
            && value.dropFirst().allSatisfy(\.isHexDigit)
    }

    /// `^9.0.0`, `>=1.0.0 <2.0.0`, `~4.1-beta.2`: which versions of a package will do.
    static func isVersion(_ value: [UInt8]) -> Bool {
        guard value.count <= 64, let first = value.first,
            first.isASCIIDigit || versionStarts.contains(first)
        else { return false }
        let parts = value.split(separator: 0x20)
        return !parts.isEmpty
            && parts.allSatisfy { part in
                if part.elementsEqual("||".utf8) { return true }
                let number = part.drop { "^~<>=v".utf8.contains($0) }
                let numerals = number.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
                let tail = number[numerals.endIndex...]
                return numerals.first?.isASCIIDigit == true
                    && numerals.contains(UInt8(ascii: "."))
                    && (tail.isEmpty
                        || "-+".utf8.contains(tail[tail.startIndex])
                            && tail.count <= 16 && isName(Array(tail)))
            }
    }

    /// `sha512-…`, `sha256:…`: a digest with the name of its algorithm.
    static func isDigest(_ value: [UInt8]) -> Bool {
        guard let joint = value.firstIndex(where: { "-:".utf8.contains($0) }),
            joint + 32 < value.count
        else { return false }
        return ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake3", "blake2b"]
            .contains { $0.utf8.elementsEqual(value[..<joint]) }
            && value[(joint + 1)...].allSatisfy {
                $0.isASCIIAlphanumeric || "+/=_-".utf8.contains($0)
            }
    }

    /// `ssh-ed25519 AAAA…`: a public key.
    static func isPublicKey(_ value: [UInt8]) -> Bool {
        guard let first = value.first, first == 0x73 || first == 0x65 else { return false }
        return ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"].contains { value.starts(with: $0.utf8) }
            && value.holds(" AAAA")
    }

    /// A number with its unit: `200k`, `30 days`, `4096 tokens/min`.
    static func isQuantity(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        let digits = value.prefix { $0.isASCIIDigit || digitJoints.contains($0) }
        guard let first = digits.first, first.isASCIIDigit, digits.count <= 12 else { return false }
        let rest = value[digits.count...]
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

    /// `GITHUB_TOKEN`: the name of a variable that holds the secret.
    static func isNameOfVariable(_ value: [UInt8]) -> Bool {
        guard value.allSatisfy({ $0.isASCIIUpper || $0.isASCIIDigit || $0 == UInt8(ascii: "_") })
        else { return false }
        let parts = value.split(separator: UInt8(ascii: "_"))
        return parts.count >= 2
            && parts.contains { $0.count >= 3 && $0.allSatisfy(\.isASCIIUpper) }
            && parts.allSatisfy { $0.allSatisfy(\.isASCIIUpper) || $0.count <= 2 }
    }

    /// `model-key`, `claude-sonnet-4-20250929`: words and short numbers with joints between.
    static func isName(_ value: [UInt8]) -> Bool {
        let parts = value.split(whereSeparator: { nameJoints.contains($0) })
        if parts.count == 1 { return parts[0].allSatisfy(\.isASCIILetter) }
        return !parts.isEmpty
            && parts.allSatisfy { part in
                part.allSatisfy(\.isASCIILetter) && part.count <= 24
                    || part.allSatisfy(\.isASCIIDigit) && part.count <= 8
                    || part.count <= 6 && part.allSatisfy(\.isASCIIAlphanumeric)
            }
    }

    static func isUUID(_ value: [UInt8]) -> Bool {
        value.count == 36
            && value.enumerated().allSatisfy {
                [8, 13, 18, 23].contains($0) ? $1 == UInt8(ascii: "-") : $1.isHexDigit
            }
    }
}
