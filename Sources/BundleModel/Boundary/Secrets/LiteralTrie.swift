/// The trie of the literals and its failure links, as it is built.
///
/// Its steps are one flat table, because it is built whenever a program first scans something.
struct LiteralTrie {
    private(set) var classOfByte = Array(repeating: UInt8(0), count: 256)
    private(set) var classCount = 1
    /// The length of a row of ``steps``, as a power of two.
    let shift: Int
    /// The next state, by state and class of byte.
    private var steps: [UInt16]
    private(set) var endings: [[Int]] = [[]]

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
        shift = Int.bitWidth - (classCount - 1).leadingZeroBitCount
        steps = []
        steps.reserveCapacity(size << shift)
        addRow()
        for (number, literal) in literals.enumerated() { add(literal, number) }
    }

    private mutating func add(_ literal: [UInt8], _ number: Int) {
        var state = 0
        for byte in literal {
            let place = state << shift | Int(classOfByte[Int(byte)])
            if steps[place] == 0 {
                steps[place] = UInt16(endings.count)
                endings.append([])
                addRow()
            }
            state = Int(steps[place])
        }
        endings[state].append(number)
    }

    private mutating func addRow() {
        steps.append(contentsOf: repeatElement(0, count: 1 << shift))
    }

    /// Makes every step that the trie lacks the step of the longest suffix that is in it.
    mutating func link() {
        var fallback = Array(repeating: UInt16(0), count: endings.count)
        // The states by depth.
        var order = [0]
        order.reserveCapacity(endings.count)
        for byteClass in 0..<classCount where steps[byteClass] != 0 {
            order.append(Int(steps[byteClass]))
        }
        var done = 1
        while done < order.count {
            let state = order[done]
            done += 1
            let other = Int(fallback[state])
            if !endings[other].isEmpty { endings[state] += endings[other] }
            for byteClass in 0..<classCount {
                let place = state << shift | byteClass
                let step = steps[other << shift | byteClass]
                if steps[place] == 0 {
                    steps[place] = step
                } else {
                    fallback[Int(steps[place])] = step
                    order.append(Int(steps[place]))
                }
            }
        }
    }

    /// Gives the steps away, each with a mark of the state that it leads to.
    mutating func takeSteps(marking mark: (Int) -> UInt16) -> [UInt16] {
        var taken = steps
        steps = []
        let marks = endings.indices.map { UInt16($0) | mark($0) }
        for place in taken.indices where taken[place] != 0 {
            taken[place] = marks[Int(taken[place])]
        }
        return taken
    }
}
