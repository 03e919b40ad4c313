extension ScannedValue {
    static let shortestBase64 = 12

    /// The text that the value carries in base64, one level, as cautious authors write it; nil where
    /// it is no base64, or what it stands for is no text.
    var base64Text: [UInt8]? {
        // Four letters tell most words from base64.
        guard style != .comment, style != .key,
            (Self.shortestBase64...(16 << 10)).contains(text.count), beginsWithText,
            !text.contains(where: { $0 <= 0x20 && $0 != 0x0A })
        else { return nil }
        return Base64Text.decoded(text, isWanted: Self.isText)
    }

    /// Whether the first four letters stand for three bytes of text.
    private var beginsWithText: Bool {
        var bits: UInt32 = 0
        for index in 0..<4 {
            let digit = Base64Text.digits[Int(text[index])]
            guard digit < 64 else { return false }
            bits = bits << 6 | UInt32(digit)
        }
        return [16, 8, 0].allSatisfy { Self.isText(UInt8(truncatingIfNeeded: bits >> $0)) }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x09
    }
}
