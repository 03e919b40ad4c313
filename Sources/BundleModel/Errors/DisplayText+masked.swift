extension DisplayText {
    /// A text as it may be shown: of what looks like a secret, the first four characters are left.
    ///
    /// Names of files and refs, keys and messages come from outside, and may be or hold a token. The
    /// rest of the word that a match begins in goes with it.
    package static func masked(_ text: String) -> String {
        guard mayHoldSecret(text) || mayAssignSecret(text) else { return text }
        var text = text
        // A match can hide another one behind it, which shows when the first is gone.
        for _ in 0..<rounds {
            let matches = SecretScan.scan(of: text.utf8.count).matches(inText: text)
            if matches.isEmpty { return text }
            text = masked(text, matches)
        }
        return SecretScan.scan(of: text.utf8.count).matches(inText: text).isEmpty ? text : "…"
    }

    private static let rounds = 4

    private static func masked(_ text: String, _ matches: [BoundaryMatch]) -> String {
        let bytes = Array(text.utf8)
        var shown: [UInt8] = []
        var index = 0
        for match in matches where match.offset >= index {
            shown += bytes[index..<match.offset]
            shown += Array("\(match.excerpt)…".utf8)
            index = bytes[match.offset...].firstIndex(where: endsWord) ?? bytes.count
        }
        return String(decoding: shown + bytes[index...], as: UTF8.self)
    }

    /// Whether a text has a word that is as long as a token and neither plain letters nor an id in
    /// hexadecimal: nearly none has, and those are not looked at closer.
    private static func mayHoldSecret(_ text: String) -> Bool {
        var length = 0
        var hasDigit = false
        var isHexadecimal = true
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: hasDigit = true
            case 0x61...0x66: break
            case 0x67...0x7A, 0x41...0x5A, 0x5F, 0x2D, 0x80...: isHexadecimal = false
            default:
                length = 0
                hasDigit = false
                isHexadecimal = true
                continue
            }
            length += 1
            if length >= 12, hasDigit, !isHexadecimal { return true }
        }
        return text.utf8.contains(0x40) && text.contains("://")
    }

    /// Whether a text has a word that a rule begins at, as in `password: `.
    private static func mayAssignSecret(_ text: String) -> Bool {
        SecretScan.scan(of: text.utf8.count).search.isFound(in: Array(text.utf8).span)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [0x22, 0x27, 0x2C, 0x2F, 0x3A, 0x3B, 0x60].contains(byte)
    }
}
