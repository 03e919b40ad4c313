/// A set of words that slices of bytes are looked up in.
struct WordSet: Sendable {
    private let words: Set<[UInt8]>
    private let longest: Int

    init(_ words: [String]) {
        self.words = Set(words.map { Array($0.utf8) })
        longest = self.words.map(\.count).max() ?? 0
    }

    func contains(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= longest && words.contains(Array(word))
    }

    /// The same without regard to the case of ASCII letters; the words must be in lower case.
    func containsFolded(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= longest && words.contains(word.map(TextByte.lower))
    }

    /// Whether one of the words stands at the start.
    func startsFolded(_ text: ArraySlice<UInt8>) -> Bool {
        words.contains {
            text.count >= $0.count && zip(text, $0).allSatisfy { TextByte.lower($0) == $1 }
        }
    }

    /// Whether one of the words stands at the end.
    func endsText(_ text: ArraySlice<UInt8>) -> Bool {
        words.contains { text.count >= $0.count && text.suffix($0.count).elementsEqual($0) }
    }

    /// Whether one of the words stands at the start, its case as it is.
    func starts(_ text: ArraySlice<UInt8>) -> Bool { words.contains { text.starts(with: $0) } }
}
