/// What texts of a credential's shape are none: masked, spelled out or written as words.
enum ShapeText {
    private static let joints = ByteSet(ascii: "-_.")
    private static let words = WordList.shapePlaceholder.words
    /// Finds any of the words, and the first of them, which a long text is searched for alone.
    private static let search = LiteralSearch(words)
    private static let firstSearch = LiteralSearch(Array(words.prefix(4)))

    /// - Parameters:
    ///   - literal: the literal that led to the match.
    ///   - start: where the match starts in the text of the literal.
    static func isPlaceholder(_ match: [UInt8], literal: Range<Int>, start: Int) -> Bool {
        let search = match.count <= 200 ? search : firstSearch
        if search.isFound(in: match.span) { return true }
        let isPrefix = literal.lowerBound == start
        let body = isPrefix ? match.dropFirst(literal.count) : match[...]
        if Predictability.isSequence(body) { return true }
        return body.count >= 14
            && body.allSatisfy { $0.isASCIILower || joints.contains($0) }
    }
}
