/// The dense table of a ``LiteralSearch``, as it is filled from a trie.
///
/// The states are the nodes of the trie by depth, so that each row is that of the longest suffix
/// that is in the trie, which is filled before it, with the steps to its own children.
struct LiteralTable {
    private let shift: Int
    private let mark: UInt16
    /// By state and class of byte the next state, with the mark where a literal ends.
    private(set) var next: [UInt16] = []
    /// For each state where its literals start in ``endings``, and one more.
    private(set) var firstOfEndings: [Int] = [0, 0]
    /// The literals that end at a state, longest first, state after state.
    private(set) var endings: [Int] = []
    /// For each state its node.
    private var nodes = [0]
    /// For each state that of the longest suffix.
    private var fallback = [0]

    init(_ trie: LiteralTrie, shift: Int, mark: UInt16) {
        self.shift = shift
        self.mark = mark
        next.reserveCapacity(trie.nodeCount << shift)
        nodes.reserveCapacity(trie.nodeCount)
        fallback.reserveCapacity(trie.nodeCount)
        firstOfEndings.reserveCapacity(trie.nodeCount + 1)
    }

    mutating func fill(from trie: LiteralTrie) {
        let width = 1 << shift
        var row = Array(repeating: UInt16(0), count: width)
        var state = 0
        while state < nodes.count {
            if state > 0 {
                let start = fallback[state] << shift
                for byteClass in 0..<width { row[byteClass] = next[start + byteClass] }
            }
            trie.forEachChild(of: nodes[state]) { child, byteClass in
                let suffix = Int(row[byteClass] & ~mark)
                row[byteClass] = add(child, suffix, of: trie)
            }
            next.append(contentsOf: row)
            state += 1
        }
    }

    /// Gives a node the next number; its own literals are longer than those of its suffix.
    private mutating func add(_ node: Int, _ suffix: Int, of trie: LiteralTrie) -> UInt16 {
        let state = nodes.count
        nodes.append(node)
        fallback.append(suffix)
        trie.appendEndings(at: node, to: &endings)
        for place in firstOfEndings[suffix]..<firstOfEndings[suffix + 1] {
            endings.append(endings[place])
        }
        let hasEnding = endings.count > firstOfEndings[state]
        firstOfEndings.append(endings.count)
        return UInt16(state) | (hasEnding ? mark : 0)
    }
}
