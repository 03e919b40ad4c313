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

    private static let endsLiteral: UInt16 = 0x8000

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

    /// Where a pass over a text stands.
    struct Position {
        fileprivate var state = 0
        /// The byte that is read next.
        fileprivate(set) var index = 0
    }

    /// Goes on to the next place where literals end; gives the range of them in ``endings``, or
    /// nil at the end of the text. `position.index` is then behind them.
    func advance(_ position: inout Position, in bytes: Span<UInt8>) -> Range<Int>? {
        var state = UInt16(position.state)
        var index = position.index
        let next = next
        let classOfByte = classOfByte
        let table = next.span
        let classes = classOfByte.span
        while index < bytes.count {
            state = table[Int(state) << shift | Int(classes[Int(bytes[index])])]
            index += 1
            if state >= Self.endsLiteral {
                let number = Int(state ^ Self.endsLiteral)
                position.state = number
                position.index = index
                return firstOfEndings[number]..<firstOfEndings[number + 1]
            }
        }
        position.state = Int(state)
        position.index = index
        return nil
    }

    func isFound(in bytes: Span<UInt8>) -> Bool {
        var position = Position()
        return advance(&position, in: bytes) != nil
    }
}
