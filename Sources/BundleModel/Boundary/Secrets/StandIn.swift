/// Forms of values that stand where a secret is expected and are none.
enum StandIn {
    private static let numberSigns = ByteSet(ascii: "+-_.,eExX%")
    private static let numberStarts = ByteSet(ascii: "+-.")
    private static let digitJoints = ByteSet(ascii: ".,_")
    private static let unitSigns = ByteSet(ascii: " /-")
    private static let nameJoints = ByteSet(ascii: "-_./:@#")
    private static let referenceSigns = ByteSet(ascii: "._@+-/#:")
    private static let masks = ByteSet(ascii: "*.xX#?-_")
    private static let codeSigns = ByteSet(ascii: "_.$?!")
    private static let codeBrackets = ByteSet(ascii: "[\\(")
    private static let schemeSigns = ByteSet(ascii: "+.-:")
    private static let pathSigns = ByteSet(ascii: "/._-~*{}:$")
    static func trimmed(_ value: [UInt8]) -> [UInt8] {
        var slice = value[...]
        while let first = slice.first, first <= 0x20 { slice.removeFirst() }
        while let last = slice.last, last <= 0x20 { slice.removeLast() }
        return Array(slice)
    }

    private static let words = WordSet(
        """
        null nil none undefined true false yes no on off y n na n/a default auto automatic manual \
        allow allowed deny denied ask read write admin all any never always required optional \
        inherit enabled disabled forbidden supported unsupported present missing unset empty \
        string str text int integer number float bool boolean object array list map dict uuid \
        bytes secretstr date-time password? string? str? optional[str] string|null str|none \
        string[] list[str] sensitive hidden redacted confidential private public unknown \
        pass fail passed failed ok pending
        """.split(separator: " ").map(String.init))

    /// A word of a schema, a policy or a state.
    static func isWord(_ value: [UInt8]) -> Bool {
        value.count <= 16 && words.containsFolded(value[...])
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

    /// A number with its unit: `200k`, `30 days`, `4096 tokens/min`.
    static func isQuantity(_ value: [UInt8]) -> Bool {
        let digits = value.prefix { $0.isASCIIDigit || digitJoints.contains($0) }
        guard let first = digits.first, first.isASCIIDigit, digits.count <= 12 else { return false }
        let rest = value[digits.count...]
        if rest.first == 0x20 {
            return rest.allSatisfy { $0.isASCIILetter || unitSigns.contains($0) }
        }
        return units.containsFolded(rest)
    }

    private static let units = WordSet([
        "k", "m", "g", "b", "kb", "mb", "kib", "s", "ms", "h", "d", "w", "y", "min", "sec", "hr",
        "px", "x", "day", "days",
    ])

    /// `GITHUB_TOKEN`: the name of a variable that holds the secret.
    static func isNameOfVariable(_ value: [UInt8]) -> Bool {
        guard value.allSatisfy({ $0.isASCIIUpper || $0.isASCIIDigit || $0 == UInt8(ascii: "_") })
        else { return false }
        let parts = value.split(separator: UInt8(ascii: "_"))
        return parts.count >= 2
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

    private static let schemes = WordSet(
        """
        secret vault keyring keychain env environment file op aws-sm awssm aws-ssm awsssm ssm sm \
        gcp-sm gcpsm gcp-secret azkv akv azure-kv sops doppler infisical bws bitwarden 1password \
        lastpass keepass pass kms k8s kubernetes secretref secret-ref ref sealed var credential \
        token-ref secretsmanager conjur cyberark systemd-creds prompt config input inputs
        """.split(separator: " ").map(String.init))

    private static let references = WordSet([
        "arn:aws", "ref+", "projects/", "@Microsoft.KeyVault(", "op://", "!Ref ",
        "$ANSIBLE_VAULT;",
    ])

    /// `<scheme>:<token>`, and the names that secret stores give: a name, never a value.
    static func isReference(_ value: [UInt8]) -> Bool {
        if references.starts(value[...]) { return true }
        guard let colon = value.firstIndex(of: UInt8(ascii: ":")), colon + 1 < value.count,
            schemes.containsFolded(value[..<colon])
        else { return false }
        return value[(colon + 1)...].allSatisfy {
            $0.isASCIIAlphanumeric || referenceSigns.contains($0)
        }
    }

    /// Masked, elided or of one sign only: `ghp_****`, `sk-…`, `xxxxxxxx`.
    static func isMasked(_ value: [UInt8]) -> Bool {
        var repeated = 1
        for (last, byte) in zip(value, value.dropFirst()) {
            repeated = byte == last ? repeated + 1 : 1
            if repeated >= 3, masks.contains(byte) { return true }
        }
        return value.contains { $0 >= 0x80 }
            && ["…", "•", "●", "‥", "○", "＊", "█", "×××"].contains { value.holds($0) }
    }

    private static let code = WordSet([
        "process.env", "os.environ", "import.meta", "secrets.", "env.", "vars.", "config.",
        "settings.", "self.", "this.", "ctx.", "github.", "inputs.", "params.", "steps.",
        "System.", "ENV[", "request.", "req.", "await ", "new ", "!env ", "!secret ", "data.",
        "args.", "opts.", "options.", "props.", "local.", "var.", "module.", "^",
    ])

    /// Source code that reads a secret, a regular expression for one, or a path through a value.
    static func isCode(_ value: [UInt8]) -> Bool {
        let name = value.prefix { $0.isASCIIAlphanumeric || codeSigns.contains($0) }
        if !name.isEmpty, name.count < value.count {
            let next = value[name.count]
            if next == UInt8(ascii: "("), value.contains(UInt8(ascii: ")")) { return true }
            if next == UInt8(ascii: "["), value.contains(UInt8(ascii: "]")) { return true }
        }
        if code.starts(value[...]) { return true }
        guard value.contains(where: { codeBrackets.contains($0) }) else { return false }
        return ["[A-Z", "[a-z", "[0-9", "\\w", "\\d", "\\S", "(?"].contains { value.holds($0) }
    }

    /// A URL, a media type or a path: other rules look into it.
    static func isAddress(_ value: [UInt8]) -> Bool {
        if let start = value.index(of: Array("://".utf8)),
            start >= 2,
            value[..<start].allSatisfy({ $0.isASCIIAlphanumeric || schemeSigns.contains($0) })
        {
            return true
        }
        return ["/", "./", "../", "~/"].contains { value.starts(with: $0.utf8) }
            && value.allSatisfy { $0.isASCIIAlphanumeric || pathSigns.contains($0) }
            && isName(value)
    }
}
