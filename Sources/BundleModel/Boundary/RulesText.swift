/// The text of `boundary-rules.json` and where its values are.
final class RulesText: Sendable {
    /// A value, or the name of a member, which comes right before its value.
    ///
    /// Half as large as it would be with whole numbers: there are thousands, and a program that
    /// begins waits for each page of memory.
    struct Token: Sendable {
        private let start, end: UInt32
        let kind: RulesValue.Kind
        let hasEscapes: Bool
        private var numberBehind: UInt32

        /// Of a text without its quotes.
        var range: Range<Int> { Int(start)..<Int(end) }

        /// The number of the first token behind it and what is in it.
        var next: Int {
            get { Int(numberBehind) }
            set { numberBehind = UInt32(newValue) }
        }

        init(kind: RulesValue.Kind, range: Range<Int>, hasEscapes: Bool, next: Int) {
            self.kind = kind
            self.hasEscapes = hasEscapes
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
            numberBehind = UInt32(next)
        }
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

    /// What a text says, as bytes.
    func bytes(of token: Token) -> [UInt8] {
        guard token.hasEscapes else { return Array(bytes[token.range]) }
        var content: [UInt8] = []
        content.reserveCapacity(token.range.count)
        var plain = token.range.lowerBound
        var index = plain
        while index < token.range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            content += bytes[plain..<index]
            // The reader has taken the same escape.
            guard let (scalar, end) = Self.escape(in: bytes, at: index) else { break }
            content += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            index = end
            plain = end
        }
        content += bytes[plain..<token.range.upperBound]
        return content
    }

    func content(of token: Token) -> String {
        guard token.hasEscapes else { return String(decoding: bytes[token.range], as: UTF8.self) }
        return String(decoding: bytes(of: token), as: UTF8.self)
    }

    private static func escape(
        in bytes: [UInt8], at index: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        try? RulesReader.escape(in: bytes.span, at: index)
    }
}
