/// Where a value comes from, in place of the value.
extension StandIn {
    private static let referenceSigns = ByteSet(ascii: "._@+-/#:")
    private static let masks = ByteSet(ascii: "*.xX#?-_")
    private static let codeSigns = ByteSet(ascii: "_.$?!")
    private static let codeBrackets = ByteSet(ascii: "[\\(")
    private static let schemeSigns = ByteSet(ascii: "+.-:")
    private static let schemeEnd = Array("://".utf8)
    private static let pathStarts = ByteSet(ascii: "/.~")
    private static let pathBytes = ByteSet.alphanumerics.union(ByteSet(ascii: "/._-~*{}:$"))
    private static let userSchemes = WordSet(WordList.userScheme.words)
    private static let schemes = WordSet(WordList.referenceScheme.words)
    private static let openings = WordSet(WordList.referenceOpening.words)
    private static let codeOpenings = WordSet(WordList.codeOpening.words)
    private static let callees = WordSet(WordList.callee.words)
    private static let ownSchemes = WordSet(["secret", "vault", "keyring"])

    /// `<scheme>:<token>`, and the names that secret stores give: a name, never a value.
    static func isReference(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        if openings.starts(value.bytes.span) { return true }
        // vals and Google's Secret Manager.
        if value.first == 0x72, value.starts(with: "ref+") { return value.bytes.holds("://") }
        if value.first == 0x70, value.starts(with: "projects/") {
            return value.bytes.holds("/secrets/")
        }
        guard value.has(":"), let colon = value.bytes.firstIndex(of: UInt8(ascii: ":")),
            colon + 1 < value.count
        else { return false }
        let scheme = value.bytes[..<colon]
        let token = value.bytes[(colon + 1)...]
        return schemes.containsFolded(scheme)
            && token.allSatisfy { $0.isASCIIAlphanumeric || referenceSigns.contains($0) }
            && (!isWhole || ownSchemes.containsFolded(scheme) || isWording(token))
    }

    /// Masked, elided or of one sign only: `ghp_****`, `sk-…`, `xxxxxxxx`.
    static func isMasked(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        guard mayBeMasked(value) else { return false }
        let bytes = value.bytes.span
        let masks = masks
        var shown = 0
        var hidden = 0
        var isElided = false
        var isEnd = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            var end = index + 1
            while end < bytes.count, bytes[end] == byte { end += 1 }
            if byte >= 0x80, let sign = maskSign(bytes, at: index) {
                hidden += sign
                isElided = true
                isEnd = index + sign == bytes.count
                index += sign
                continue
            }
            if end - index >= 3, masks.contains(byte) {
                hidden += end - index
                isElided = isElided || byte == UInt8(ascii: ".")
                isEnd =
                    end == bytes.count && (byte == UInt8(ascii: "*") || byte == UInt8(ascii: "."))
            } else {
                if byte.isASCIIAlphanumeric || byte >= 0x80 { shown += end - index }
                isEnd = false
            }
            index = end
        }
        guard hidden > 0 else { return false }
        return !isWhole || isEnd || hidden * 2 >= shown || isElided && shown <= 10
    }

    /// Whether anything in a value hides: a sign beyond ASCII, or three of a mask in a row.
    private static func mayBeMasked(_ value: ValueBytes) -> Bool {
        if value.hasAny(of: .beyondASCII) { return true }
        let masks = masks
        guard value.hasAny(of: masks) else { return false }
        let bytes = value.bytes.span
        var index = 2
        while index < bytes.count {
            if bytes[index] == bytes[index - 1], bytes[index] == bytes[index - 2],
                masks.contains(bytes[index])
            {
                return true
            }
            index += 1
        }
        return false
    }

    private static let maskSigns = ["…", "•", "●", "‥", "○", "＊", "█", "×××"].map {
        Array($0.utf8)
    }

    private static let maskStarts = ByteSet(maskSigns.map { $0[0] })

    private static func maskSign(_ value: Span<UInt8>, at index: Int) -> Int? {
        guard maskStarts.contains(value[index]) else { return nil }
        for sign in maskSigns where value.has(sign, at: index) { return sign.count }
        return nil
    }

    /// Source code that reads a secret, a regular expression for one, or a path through a value.
    static func isCode(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        let hasBracket = value.hasAny(of: codeBrackets)
        if hasBracket, isCall(value, isWhole: isWhole) { return true }
        if codeOpenings.starts(value.bytes.span),
            let opening = codeOpenings.words.first(where: { value.bytes.starts(with: $0) }),
            !isWhole || isWording(value.bytes[opening.count...])
        {
            return true
        }
        if value.first == UInt8(ascii: "^") {
            if !isWhole || value.last == UInt8(ascii: "$") { return true }
        }
        guard hasBracket else { return false }
        let parts = ["[A-Z", "[a-z", "[0-9", "\\w", "\\d", "\\S", "(?"]
        guard isWhole else { return parts.contains { value.bytes.holds($0) } }
        return ["[A-Z", "[a-z", "[0-9"].contains { value.bytes.holds($0) }
            || value.hasAny(of: repetitions) && parts.contains { value.bytes.holds($0) }
    }

    private static let repetitions = ByteSet(ascii: "+*{")

    /// `os.getenv(…)`, `secrets[…]`: a name and something in brackets.
    private static func isCall(_ value: ValueBytes, isWhole: Bool) -> Bool {
        let name = value.bytes.prefix { $0.isASCIIAlphanumeric || codeSigns.contains($0) }
        guard !name.isEmpty, name.count < value.count else { return false }
        switch value.bytes[name.count] {
        case UInt8(ascii: "("): guard value.has(")") else { return false }
        case UInt8(ascii: "["): guard value.has("]") else { return false }
        default: return false
        }
        return !isWhole || isCallee(Array(name))
    }

    /// Whether code would call something so: `os.getenv`, `list`, not `hunter2`.
    private static func isCallee(_ name: [UInt8]) -> Bool {
        isWording(name) && !name.holds("$$")
            && KeyWords(name).contains(in: callees)
    }

    private static let hostSigns = ByteSet(ascii: "./:@?")

    /// A URL, a media type or a path: other rules look into it.
    static func isAddress(_ value: ValueBytes, isWhole: Bool = false) -> Bool {
        guard value.has("/") else { return false }
        if value.has(":"), let start = value.bytes.index(of: schemeEnd), start >= 2,
            value.bytes[..<start].allSatisfy({
                $0.isASCIIAlphanumeric || schemeSigns.contains($0)
            })
        {
            let scheme = value.bytes[..<start].map(\.asciiFolded)
            let rest = value.bytes[(start + 3)...]
            return !isWhole || userSchemes.contains(scheme) || schemes.contains(scheme)
                || rest.contains(where: hostSigns.contains) || rest.starts(with: "localhost".utf8)
        }
        guard let first = value.first, pathStarts.contains(first), value.consists(of: pathBytes)
        else { return false }
        return ["/", "./", "../", "~/"].contains { value.starts(with: $0) } && isName(value)
    }
}
