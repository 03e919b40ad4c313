/// Finds every occurrence of many literal texts in one pass, ASCII case ignored.
///
/// The automaton of Aho and Corasick with a dense table over classes of bytes: one look-up a byte,
/// whatever the text.
final class LiteralSearch: Sendable {
    private let classOfByte: [UInt8]
    private let shift: Int
    /// The next state, by state and class of byte, with ``endsLiteral`` where a literal ends.
    private let next: [UInt16]
    /// For each state where its literals start in ``endings``, and one more.
    private let firstOfEndings: [Int]
    /// The literals that end at a state, longest first, state after state.
    let endings: [Int]

    fileprivate static let endsLiteral: UInt16 = 0x8000

    var stateCount: Int { next.count >> shift }

    /// - Parameter literals: not empty, each with one byte at least, ASCII letters in lower case;
    ///   32,767 bytes in all.
    init(_ literals: [[UInt8]]) {
        let trie = LiteralTrie(literals)
        classOfByte = trie.classOfByte
        shift = Int.bitWidth - (trie.classCount - 1).leadingZeroBitCount
        var table = LiteralTable(trie, shift: shift, mark: Self.endsLiteral)
        table.fill(from: trie)
        next = table.next
        firstOfEndings = table.firstOfEndings
        endings = table.endings
    }

    /// A pass over a text; it holds the tables, so that each step need not ask for them.
    struct Pass {
        private let next: [UInt16]
        private let classOfByte: [UInt8]
        private let firstOfEndings: [Int]
        private let shift: Int
        private var state: UInt16 = 0
        /// The byte that is read next.
        private(set) var index = 0

        fileprivate init(_ search: LiteralSearch) {
            next = search.next
            classOfByte = search.classOfByte
            firstOfEndings = search.firstOfEndings
            shift = search.shift
        }

        /// Goes on to the next place where literals end; gives the range of them in ``endings``, or
        /// nil at the end of the text. ``index`` is then behind them.
        mutating func advance(in bytes: Span<UInt8>) -> Range<Int>? {
            (state, index) = next(in: bytes)
            guard state >= LiteralSearch.endsLiteral else { return nil }
            state ^= LiteralSearch.endsLiteral
            return firstOfEndings[Int(state)]..<firstOfEndings[Int(state) + 1]
        }

        /// The next state in which literals end, or the last one, and what is behind it.
        private func next(in bytes: Span<UInt8>) -> (state: UInt16, index: Int) {
            let table = next.span
            let classes = classOfByte.span
            var state = state
            var index = index
            while index < bytes.count {
                state = table[Int(state) << shift | Int(classes[Int(bytes[index])])]
                index += 1
                if state >= LiteralSearch.endsLiteral { break }
            }
            return (state, index)
        }
    }

    /// A pass from the start of a text.
    var pass: Pass { Pass(self) }

    func isFound(in bytes: Span<UInt8>) -> Bool {
        var pass = pass
        return pass.advance(in: bytes) != nil
    }
}
