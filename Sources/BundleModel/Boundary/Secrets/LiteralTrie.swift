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
    /// For each node the last literal that ends there, and for each literal the one before it.
    private var lastEnding: [Int] = [-1]
    private var endingBefore: [Int]

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
        endingBefore = Array(repeating: -1, count: literals.count)
        firstChild.reserveCapacity(size)
        sibling.reserveCapacity(size)
        byteClass.reserveCapacity(size)
        lastEnding.reserveCapacity(size)
        for (number, literal) in literals.enumerated() { add(literal, number) }
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
                lastEnding.append(-1)
            }
            node = child
        }
        endingBefore[number] = lastEnding[node]
        lastEnding[node] = number
    }

    /// The children of a node, each with the class of the byte that leads to it.
    func forEachChild(of node: Int, _ body: (_ child: Int, _ byteClass: Int) -> Void) {
        var child = Int(firstChild[node])
        while child != 0 {
            body(child, Int(byteClass[child]))
            child = Int(sibling[child])
        }
    }

    /// Adds the literals that end at a node.
    func appendEndings(at node: Int, to endings: inout [Int]) {
        var literal = lastEnding[node]
        while literal >= 0 {
            endings.append(literal)
            literal = endingBefore[literal]
        }
    }
}
