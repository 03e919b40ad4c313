extension ScannedValue {
    private static let shortestBase64 = 12
    private static let longestBase64 = 16 << 10

    /// The text that the value carries in base64, one level, as cautious authors write it; nil where
    /// it is no base64, or what it stands for is no text.
    var base64Text: [UInt8]? {
        // Four letters tell most words from base64.
        guard Self.mayBeBase64(text.span, style),
            !text.contains(where: { $0 <= 0x20 && $0 != 0x0A })
        else { return nil }
        return Base64Text.decoded(text, isWanted: Self.isText)
    }

    /// Whether the first four letters stand for three bytes of text.
    static func mayBeBase64(_ text: Span<UInt8>, _ style: Style) -> Bool {
        guard style != .comment, style != .key, text.count >= shortestBase64,
            text.count <= longestBase64
        else { return false }
        let digits = Base64Text.digits
        var bits: UInt32 = 0
        for index in 0..<4 {
            let digit = digits[Int(text[index])]
            guard digit < 64 else { return false }
            bits = bits << 6 | UInt32(digit)
        }
        return isText(UInt8(truncatingIfNeeded: bits >> 16))
            && isText(UInt8(truncatingIfNeeded: bits >> 8))
            && isText(UInt8(truncatingIfNeeded: bits))
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x09
    }
}
