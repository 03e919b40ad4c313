/// Finds every occurrence of many literal texts in one pass, ASCII case ignored.
///
/// The automaton of Aho and Corasick. It has a dense table over classes of bytes, one look-up a byte,
/// whatever the text; without it, it goes along the trie, which is slower and takes no time to make.
final class LiteralSearch: Sendable {
    let states: LiteralStates
    /// The literals that end at a state, longest first, state after state.
    let endings: [Int]
    /// The next state, by state and class of byte, with ``LiteralTable/endsLiteral`` where a literal
    /// ends; empty where there is no table.
    let next: [UInt16]
    let shift: Int

    var stateCount: Int { states.count }

    /// - Parameters:
    ///   - literals: not empty, each with one byte at least, ASCII letters in lower case; 32,767
    ///     bytes in all. The same one may occur several times.
    ///   - hasTable: whether there will be much to search.
    convenience init(_ literals: [[UInt8]], hasTable: Bool = true) {
        self.init(LiteralStates(LiteralTrie(literals)), hasTable: hasTable)
    }

    private init(_ states: LiteralStates, hasTable: Bool) {
        self.states = states
        endings = states.endings
        let table = hasTable ? LiteralTable(states) : nil
        next = table?.next ?? []
        shift = table?.shift ?? 0
    }

    /// The same search with its table.
    var withTable: LiteralSearch { LiteralSearch(states, hasTable: true) }

    func isFound(in bytes: Span<UInt8>) -> Bool {
        var run = run
        return run.advance(in: bytes) != nil
    }

    /// A run from the start of a text.
    var run: LiteralRun { LiteralRun(self) }
}
