extension ScannedValue {
    static let shortestBase64 = 12

    /// The text that the value carries in base64, one level, as cautious authors write it; nil where
    /// it is no base64, or what it stands for is no text.
    var base64Text: [UInt8]? {
        // Four letters tell most words from base64.
        guard style != .comment, style != .key,
            (Self.shortestBase64...(16 << 10)).contains(text.count),
            text[..<4].allSatisfy({ Base64Text.digits[Int($0)] < 64 }),
            let head = Base64Text.decoded(Array(text[..<4])), head.allSatisfy(Self.isText),
            !text.contains(where: { $0 <= 0x20 && $0 != 0x0A }),
            let decoded = Base64Text.decoded(text),
            decoded.allSatisfy(Self.isText)
        else { return nil }
        return decoded
    }

    private static func isText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x09
    }
}
