/// Where a value comes from, in place of the value.
extension StandIn {
    private static let referenceSigns = ByteSet(ascii: "._@+-/#:")
    private static let masks = ByteSet(ascii: "*.xX#?-_")
    private static let codeSigns = ByteSet(ascii: "_.$?!")
    private static let codeBrackets = ByteSet(ascii: "[\\(")
    private static let schemeSigns = ByteSet(ascii: "+.-:")
    private static let schemeEnd = Array("://".utf8)
    private static let pathStarts = ByteSet(ascii: "/.~")
    private static let pathSigns = ByteSet(ascii: "/._-~*{}:$")
    private static let schemes = WordSet(WordList.referenceScheme.words)
    private static let openings = WordSet(WordList.referenceOpening.words)
    private static let codeOpenings = WordSet(WordList.codeOpening.words)
    private static let callees = WordSet(WordList.callee.words)
    private static let ownSchemes = WordSet(["secret", "vault", "keyring"])

    /// `<scheme>:<token>`, and the names that secret stores give: a name, never a value.
    static func isReference(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        if openings.starts(value[...]) { return true }
        // vals and Google's Secret Manager.
        if value.first == 0x72, value.starts(with: "ref+".utf8) { return value.holds("://") }
        if value.first == 0x70, value.starts(with: "projects/".utf8) {
            return value.holds("/secrets/")
        }
        guard let colon = value.firstIndex(of: UInt8(ascii: ":")), colon + 1 < value.count else {
            return false
        }
        let scheme = value[..<colon]
        let token = value[(colon + 1)...]
        return schemes.containsFolded(scheme)
            && token.allSatisfy { $0.isASCIIAlphanumeric || referenceSigns.contains($0) }
            && (!isWhole || ownSchemes.containsFolded(scheme) || isWording(token))
    }

    /// Masked, elided or of one sign only: `ghp_****`, `sk-…`, `xxxxxxxx`.
    static func isMasked(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        var shown = 0
        var hidden = 0
        var isElided = false
        var isEnd = false
        var index = 0
        while index < value.count {
            let byte = value[index]
            var end = index + 1
            while end < value.count, value[end] == byte { end += 1 }
            if let sign = maskSign(value, at: index) {
                hidden += sign
                isElided = true
                isEnd = index + sign == value.count
                index += sign
                continue
            }
            if end - index >= 3, masks.contains(byte) {
                hidden += end - index
                isElided = isElided || byte == UInt8(ascii: ".")
                isEnd = end == value.count && "*.".utf8.contains(byte)
            } else {
                if byte.isASCIIAlphanumeric || byte >= 0x80 { shown += end - index }
                isEnd = false
            }
            index = end
        }
        guard hidden > 0 else { return false }
        return !isWhole || isEnd || hidden * 2 >= shown || isElided && shown <= 10
    }

    private static let maskSigns = ["…", "•", "●", "‥", "○", "＊", "█", "×××"].map {
        Array($0.utf8)
    }

    private static func maskSign(_ value: [UInt8], at index: Int) -> Int? {
        guard value[index] >= 0x80 else { return nil }
        return maskSigns.first { value[index...].starts(with: $0) }?.count
    }

    /// Source code that reads a secret, a regular expression for one, or a path through a value.
    static func isCode(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        let name = value.prefix { $0.isASCIIAlphanumeric || codeSigns.contains($0) }
        if !name.isEmpty, name.count < value.count {
            let close: UInt8? =
                switch value[name.count] {
                case UInt8(ascii: "("): UInt8(ascii: ")")
                case UInt8(ascii: "["): UInt8(ascii: "]")
                default: nil
                }
            if let close, value.contains(close), !isWhole || isCallee(Array(name)) { return true }
        }
        if codeOpenings.starts(value[...]),
            let opening = codeOpenings.words.first(where: { value.starts(with: $0) }),
            !isWhole || isWording(value[opening.count...])
        {
            return true
        }
        if value.first == UInt8(ascii: "^") {
            if !isWhole || value.last == UInt8(ascii: "$") { return true }
        }
        guard value.contains(where: { codeBrackets.contains($0) }) else { return false }
        let parts = ["[A-Z", "[a-z", "[0-9", "\\w", "\\d", "\\S", "(?"]
        guard isWhole else { return parts.contains { value.holds($0) } }
        return ["[A-Z", "[a-z", "[0-9"].contains { value.holds($0) }
            || parts.contains { value.holds($0) } && value.contains { "+*{".utf8.contains($0) }
    }

    /// Whether code would call something so: `os.getenv`, `list`, not `hunter2`.
    private static func isCallee(_ name: [UInt8]) -> Bool {
        isWording(name) && !name.holds("$$")
            && KeyWords(name).contains(in: callees)
    }

    private static let hostSigns = ByteSet(ascii: "./:@?")

    /// A URL, a media type or a path: other rules look into it.
    static func isAddress(_ value: [UInt8], isWhole: Bool = false) -> Bool {
        if let start = value.index(of: schemeEnd), start >= 2,
            value[..<start].allSatisfy({ $0.isASCIIAlphanumeric || schemeSigns.contains($0) })
        {
            let scheme = value[..<start].map(\.asciiFolded)
            let rest = value[(start + 3)...]
            return !isWhole || WordList.userScheme.words.contains(scheme)
                || schemes.contains(scheme)
                || rest.contains(where: hostSigns.contains) || rest.starts(with: "localhost".utf8)
        }
        guard let first = value.first, pathStarts.contains(first) else { return false }
        return ["/", "./", "../", "~/"].contains { value.starts(with: $0.utf8) }
            && value.allSatisfy { $0.isASCIIAlphanumeric || pathSigns.contains($0) }
            && isName(value)
    }
}
