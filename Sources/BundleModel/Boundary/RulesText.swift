/// The text of `boundary-rules.json` and where its values are.
final class RulesText: Sendable {
    /// A value, or the name of a member, which comes right before its value.
    struct Token: Sendable {
        let kind: RulesValue.Kind
        /// Of a text without its quotes.
        let range: Range<Int>
        let hasEscapes: Bool
        /// The number of the first token behind it and what is in it.
        var next: Int
    }

    private let bytes: [UInt8]
    /// All values, each before what is in it.
    let tokens: [Token]

    /// Throws where the text stops being JSON.
    init(_ bytes: [UInt8]) throws(RulesValue.Problem) {
        var reader = RulesReader(bytes)
        try reader.readAll()
        self.bytes = bytes
        tokens = reader.tokens
    }

    func isName(_ token: Token, _ name: String) -> Bool {
        token.range.count == name.utf8.count && bytes[token.range].elementsEqual(name.utf8)
    }

    func bytes(of token: Token) -> [UInt8] {
        token.hasEscapes ? Array(content(of: token).utf8) : Array(bytes[token.range])
    }

    func content(of token: Token) -> String {
        guard token.hasEscapes else { return String(decoding: bytes[token.range], as: UTF8.self) }
        var text = String.UnicodeScalarView()
        var plain = token.range.lowerBound
        var index = plain
        while index < token.range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            text += String(decoding: bytes[plain..<index], as: UTF8.self).unicodeScalars
            // The reader has taken the same escape.
            guard let (scalar, end) = Self.escape(in: bytes, at: index) else { break }
            text.append(scalar)
            index = end
            plain = end
        }
        text +=
            String(decoding: bytes[plain..<token.range.upperBound], as: UTF8.self)
            .unicodeScalars
        return String(text)
    }

    private static func escape(
        in bytes: [UInt8], at index: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        try? RulesReader.escape(in: bytes.span, at: index)
    }
}
