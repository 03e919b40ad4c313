extension TextPass {
    private static let keySigns = ByteSet(ascii: "+/=")
    /// Looks for a private key in PEM or a form like it: the header and some of the key.
    ///
    /// A header alone is prose or a regular expression about keys.
    mutating func look(forPrivateKeyAt literal: Range<Int>, in bytes: Span<UInt8>) {
        var index = literal.upperBound
        let limit = min(bytes.count, index + 64)
        while index < limit, bytes[index].isASCIIAlphanumeric || bytes[index] == 0x20 { index += 1 }
        guard bytes.has("----", at: index) else { return }
        let label = bytes.copy(literal.upperBound..<index).map(\.asciiFolded)
        guard label.holds("private key") || label.holds("secret key") else { return }
        while index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        guard hasKey(from: index, in: bytes) else { return }
        found.append(
            SecretMatch(.privateKey, range: literal.lowerBound..<index, in: bytes))
    }

    /// Whether 24 characters of base64 stand together before the next rule of dashes.
    ///
    /// Between them may be ends of lines, written out or escaped, marks of quotes and comments,
    /// and the headers of an encrypted key.
    private func hasKey(from start: Int, in bytes: Span<UInt8>) -> Bool {
        var index = start
        var run = start
        let limit = min(bytes.count, start + 1_024)
        while index < limit {
            let byte = bytes[index]
            let isEscape =
                byte == UInt8(ascii: "\\") && index + 1 < limit
                && "nrt".utf8.contains(bytes[index + 1])
            if !isEscape, byte.isASCIIAlphanumeric || Self.keySigns.contains(byte) {
                index += 1
                if index - run >= 24 {
                    let key = bytes.copy(run..<index)
                    if !Predictability.isSequence(key), key.contains(where: \.isASCIIUpper),
                        key.contains(where: \.isASCIILower) || key.contains(where: \.isASCIIDigit)
                    {
                        return true
                    }
                    run = index
                }
                continue
            }
            if bytes.has("-----", at: index) { return false }
            index += isEscape ? 2 : 1
            run = index
        }
        return false
    }
}
