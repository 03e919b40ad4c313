/// The trie of the literals, as it is built.
///
/// Its nodes hold their children as lists, because it is built whenever a program first scans
/// something, and most of its nodes have one child.
struct LiteralTrie {
    private(set) var classOfByte = Array(repeating: UInt8(0), count: 256)
    private(set) var classCount = 1
    /// For each node its first child and its next sibling; the root is neither.
    private var firstChild: [UInt16] = [0]
    private var sibling: [UInt16] = [0]
    /// For each node the class of the byte that leads to it.
    private var byteClass: [UInt8] = [0]
    /// For each node the first literal that ends there, and for each literal the same one behind it.
    private var firstEnding: [Int] = [-1]
    private var endingBehind: [Int]

    init(_ literals: [[UInt8]]) {
        var isUsed = Array(repeating: false, count: 256)
        var size = 1
        for literal in literals {
            size += literal.count
            for byte in literal { isUsed[Int(byte)] = true }
        }
        for byte in UInt8.min...UInt8.max where isUsed[Int(byte)] {
            classOfByte[Int(byte)] = UInt8(classCount)
            if byte.isASCIILower { classOfByte[Int(byte ^ 0x20)] = UInt8(classCount) }
            classCount += 1
        }
        endingBehind = Array(repeating: -1, count: literals.count)
        firstChild.reserveCapacity(size)
        sibling.reserveCapacity(size)
        byteClass.reserveCapacity(size)
        firstEnding.reserveCapacity(size)
        // Backwards, so that of the same literals the first is the last to be added.
        for number in literals.indices.reversed() { add(literals[number], number) }
    }

    var nodeCount: Int { firstChild.count }

    private mutating func add(_ literal: [UInt8], _ number: Int) {
        var node = 0
        for byte in literal {
            let wanted = classOfByte[Int(byte)]
            var child = Int(firstChild[node])
            while child != 0, byteClass[child] != wanted { child = Int(sibling[child]) }
            if child == 0 {
                child = nodeCount
                sibling.append(firstChild[node])
                firstChild[node] = UInt16(child)
                firstChild.append(0)
                byteClass.append(wanted)
                firstEnding.append(-1)
            }
            node = child
        }
        endingBehind[number] = firstEnding[node]
        firstEnding[node] = number
    }

    /// The children of a node, each with the class of the byte that leads to it.
    func forEachChild(of node: Int, _ body: (_ child: Int, _ byteClass: UInt8) -> Void) {
        var child = Int(firstChild[node])
        while child != 0 {
            body(child, byteClass[child])
            child = Int(sibling[child])
        }
    }

    /// Adds the literals that end at a node, which are the same, by number.
    func appendEndings(at node: Int, to endings: inout [Int]) {
        var literal = firstEnding[node]
        while literal >= 0 {
            endings.append(literal)
            literal = endingBehind[literal]
        }
    }
}
