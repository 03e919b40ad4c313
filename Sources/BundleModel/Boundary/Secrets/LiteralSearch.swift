internal import Synchronization

/// Finds every occurrence of many literal texts in one pass, ASCII case ignored.
///
/// The automaton of Aho and Corasick. A program that searches much has a dense table over classes of
/// bytes, one look-up a byte, whatever the text; one that searches little, as the hook of a push
/// does, would wait longer for the table than for the search, and goes along the trie.
final class LiteralSearch: Sendable {
    let states: LiteralStates
    /// The literals that end at a state, longest first, state after state.
    let endings: [Int]
    private let table = Mutex<LiteralTable?>(nil)
    /// The bytes that were searched without a table.
    private let searched = Atomic(0)
    /// From so many bytes on the table is worth its making.
    private static let worthATable = 1 << 16

    var stateCount: Int { states.count }

    /// - Parameter literals: not empty, each with one byte at least, ASCII letters in lower case;
    ///   32,767 bytes in all. The same one may occur several times.
    init(_ literals: [[UInt8]]) {
        states = LiteralStates(LiteralTrie(literals))
        endings = states.endings
    }

    func isFound(in bytes: Span<UInt8>) -> Bool {
        var run = run(over: bytes.count)
        return run.advance(in: bytes) != nil
    }

    /// A run from the start of a text of so many bytes.
    func run(over count: Int) -> LiteralRun { LiteralRun(self, table(for: count)) }

    /// The table, made when this many more bytes make it worth that.
    private func table(for count: Int) -> LiteralTable? {
        if searched.load(ordering: .relaxed) < Self.worthATable {
            let all = searched.add(count, ordering: .relaxed).newValue
            if all < Self.worthATable { return nil }
        }
        return table.withLock { table in
            if let table { return table }
            let made = LiteralTable(states)
            table = made
            return made
        }
    }
}
