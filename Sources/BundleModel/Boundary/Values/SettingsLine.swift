/// What the start of a line in a settings file is.
enum SettingsLine {
    /// `[name]`
    case section(Range<Int>)
    /// `key = value`: the key, and where the value starts.
    case pair(Range<Int>, value: Int)
    /// `machine host login name password word`, and where the line ends.
    case words([(key: Range<Int>, value: Range<Int>)], end: Int)
    /// `host:port:database:user:password`: the password, and where the line ends.
    case passwordFile(Range<Int>, end: Int)
    case text

    /// Nil when the bytes end before the line shows what it is, unless they are the whole.
    ///
    /// - Parameter isProperties: whether a colon or a blank alone ends a key.
    init?(_ bytes: [UInt8], _ range: Range<Int>, isWhole: Bool, isProperties: Bool) {
        let text = bytes.span
        var lineEnd = range.lowerBound
        while lineEnd < range.upperBound, text[lineEnd] != 0x0A { lineEnd += 1 }
        guard lineEnd < range.upperBound || isWhole else { return nil }
        let range = range.lowerBound..<lineEnd
        if text[range.lowerBound] == 0x5B,
            let close = text.extracting(range).firstIndex(of: 0x5D), close > 1
        {
            self = .section((range.lowerBound + 1)..<(range.lowerBound + close))
        } else if isProperties {
            self = Self.pair(text, range, isProperties: true) ?? .text
        } else if let words = Self.words(bytes, range) {
            self = .words(words, end: range.upperBound)
        } else if let password = Self.password(bytes, range) {
            self = .passwordFile(password, end: range.upperBound)
        } else {
            self = Self.pair(text, range, isProperties: false) ?? .text
        }
    }

    private static func pair(
        _ bytes: Span<UInt8>, _ range: Range<Int>, isProperties: Bool
    ) -> SettingsLine? {
        var start = range.lowerBound
        if bytes.extracting(range).has("export ", at: 0) { start += "export ".utf8.count }
        while start < range.upperBound, TextByte.isBlank(bytes[start]) { start += 1 }
        let rest = start..<range.upperBound
        let separator =
            isProperties ? propertySeparator(bytes, rest) : separator(bytes, rest)
        guard let end = separator, end > start else { return nil }
        var keyEnd = end
        while keyEnd > start, TextByte.isBlank(bytes[keyEnd - 1]) || bytes[keyEnd - 1] == 0x2B {
            keyEnd -= 1
        }
        if keyEnd - start > 2, bytes[start] == 0x22 || bytes[start] == 0x27,
            bytes[keyEnd - 1] == bytes[start]
        {
            start += 1
            keyEnd -= 1
        }
        guard keyEnd > start else { return nil }
        var value = end + 1
        while value < range.upperBound, TextByte.isBlank(bytes[value]) { value += 1 }
        return .pair(start..<keyEnd, value: value)
    }

    /// A key of `.properties` ends at the first `=`, colon or blank without a backslash before it;
    /// behind blanks a `=` or a colon may follow.
    private static func propertySeparator(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            switch bytes[index] {
            case 0x5C: index += 1
            case 0x3D, 0x3A: return index
            case 0x20, 0x09, 0x0D:
                var next = index
                while next < range.upperBound, TextByte.isBlank(bytes[next]) { next += 1 }
                guard next < range.upperBound else { return nil }
                return bytes[next] == 0x3D || bytes[next] == 0x3A ? next : index
            default: break
            }
            index += 1
        }
        return nil
    }

    /// A key ends at the first `=`; at a colon only when it is one word and a blank stands beside
    /// the colon, or behind an own path as in `.npmrc`, or when what follows is no address.
    private static func separator(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var blanks = 0
        var previous: UInt8 = 0
        /// Where the only blanks so far are those right before: `key : value`.
        var isAfterKey = true
        var hasColon = false
        for index in range {
            let byte = bytes[index]
            if byte == 0x3D { return index }
            if blanks > 0, !TextByte.isBlank(byte), byte != 0x3A { isAfterKey = false }
            if byte == 0x3A, isAfterKey, previous != 0x5C {
                let next = index + 1 < range.upperBound ? bytes[index + 1] : 0x20
                if TextByte.isBlank(next) || blanks > 0 { return index }
                if !hasColon, isKey(bytes.extracting(range.lowerBound..<index)), !isAddress(next) {
                    return index
                }
                hasColon = true
            }
            if TextByte.isBlank(byte), index > range.lowerBound { blanks += 1 }
            // A sentence with `=` somewhere is no pair.
            if blanks > 4 { return nil }
            previous = byte
        }
        return nil
    }

    /// Whether what stands before a colon may be a key: one word, and no scheme of a reference.
    private static func isKey(_ text: Span<UInt8>) -> Bool {
        text.count >= 3 && text.count <= 256
            && text.allSatisfy { TextByte.isWord($0) || $0 == 0x2E || $0 == 0x2D }
            && (text.count > longestScheme || !schemes.contains(text.copy(0..<text.count)))
    }

    /// Whether `host:` or a drive's letter may stand before what begins so.
    private static func isAddress(_ next: UInt8) -> Bool {
        TextByte.isDigit(next) || next == 0x2F || next == 0x5C || next == 0x3A || next == 0x2A
    }

    private static let longestScheme = 10

    private static let schemes: Set<[UInt8]> = Set(
        [
            "secret", "vault", "keyring", "mount", "network", "shell", "git", "capability", "env",
            "file", "sops", "unix", "mailto", "urn", "data",
        ].map { Array($0.utf8) })
}
