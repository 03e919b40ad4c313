/// The states of a ``LiteralSearch``: the nodes of its trie by depth, each with the longest suffix of
/// it that is a node as well.
///
/// The children of a state have numbers that follow each other.
struct LiteralStates: Sendable {
    let classOfByte: [UInt8]
    let classCount: Int
    /// For each state its first child, and one more.
    private(set) var firstChild: [UInt16] = []
    /// For each state the class of the byte that leads to it from its parent.
    private(set) var byteClass: [UInt8] = [0]
    /// For each state that of the longest suffix.
    private(set) var fallback: [UInt16] = [0]
    /// For each state where its literals start in ``endings``, and one more.
    private(set) var firstOfEndings: [Int] = [0, 0]
    /// The literals that end at a state, longest first, state after state.
    private(set) var endings: [Int] = []
    /// The states behind the first, by class of byte.
    private var afterFirst: [UInt16]

    init(_ trie: LiteralTrie) {
        classOfByte = trie.classOfByte
        classCount = trie.classCount
        afterFirst = Array(repeating: 0, count: trie.classCount)
        var nodes = [0]
        nodes.reserveCapacity(trie.nodeCount)
        firstChild.reserveCapacity(trie.nodeCount + 1)
        fallback.reserveCapacity(trie.nodeCount)
        byteClass.reserveCapacity(trie.nodeCount)
        firstOfEndings.reserveCapacity(trie.nodeCount + 1)
        var state = 0
        while state < nodes.count {
            firstChild.append(UInt16(nodes.count))
            trie.forEachChild(of: nodes[state]) { child, byteClass in
                let suffix = state == 0 ? 0 : step(Int(fallback[state]), byteClass)
                if state == 0 { afterFirst[Int(byteClass)] = UInt16(nodes.count) }
                nodes.append(child)
                self.byteClass.append(byteClass)
                fallback.append(UInt16(suffix))
                addEndings(of: child, suffix, trie)
            }
            state += 1
        }
        firstChild.append(UInt16(nodes.count))
    }

    var count: Int { fallback.count }

    /// The literals of a node are longer than those of its suffix.
    private mutating func addEndings(of node: Int, _ suffix: Int, _ trie: LiteralTrie) {
        trie.appendEndings(at: node, to: &endings)
        for place in endings(of: suffix) { endings.append(endings[place]) }
        firstOfEndings.append(endings.count)
    }

    /// Where the literals that end at a state are in ``endings``.
    func endings(of state: Int) -> Range<Int> {
        firstOfEndings[state]..<firstOfEndings[state + 1]
    }

    func hasEndings(_ state: Int) -> Bool { !endings(of: state).isEmpty }

    /// The state behind a state and a byte of a class.
    func step(_ state: Int, _ byteClass: UInt8) -> Int {
        var state = state
        while state != 0 {
            for child in Int(firstChild[state])..<Int(firstChild[state + 1])
            where self.byteClass[child] == byteClass { return child }
            state = Int(fallback[state])
        }
        return Int(afterFirst[Int(byteClass)])
    }
}
