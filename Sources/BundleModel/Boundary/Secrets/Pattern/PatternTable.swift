/// The subset construction: the states of a ``PatternGraph`` that are reached together are one.
struct PatternTable {
    private(set) var classOfByte: [UInt8] = []
    /// Classes of bytes that no edge tells apart, and one for the end of the text.
    private(set) var classCount = 0
    private(set) var transitions: [UInt16] = []

    var stateCount: Int { transitions.count / classCount }

    private let graph: PatternGraph
    private let closures: [[Int]]
    /// The sets of states found, by number less two, as the states before silent steps.
    private var cores: [[Int]] = []
    private var numberOfOne: [UInt16]
    private var numberOfSeveral: [[Int]: UInt16] = [:]

    init(_ graph: PatternGraph) {
        self.graph = graph
        closures = graph.edges.indices.map { graph.closure($0) }
        numberOfOne = Array(repeating: 0, count: graph.edges.count)
        let sets = Array(Set(graph.edges.joined().map(\.bytes)))
        let samples = classify(sets)
        let masks = Self.masks(of: sets, samples: samples)
        transitions = Array(repeating: PatternAutomaton.dead, count: classCount * 2)
        _ = number([0])
        var done = 0
        while done < cores.count {
            let edges = cores[done].flatMap { closures[$0] }.flatMap { graph.edges[$0] }
            let targets = edges.map { (masks[$0.bytes, default: []], $0.target) }
            for sample in samples.indices {
                transitions.append(number(targets.filter { $0.0[sample] }.map(\.1)))
            }
            transitions.append(number(edges.filter(\.takesEnd).map(\.target)))
            done += 1
        }
    }

    /// The number of the state that several states of the graph are together.
    private mutating func number(_ targets: [Int]) -> UInt16 {
        guard let first = targets.first else { return PatternAutomaton.dead }
        if targets.count == 1 {
            if numberOfOne[first] == 0 { numberOfOne[first] = newNumber(targets) }
            return numberOfOne[first]
        }
        let core = Array(Set(targets)).sorted()
        if let known = numberOfSeveral[core] { return known }
        let number = newNumber(core)
        numberOfSeveral[core] = number
        return number
    }

    private mutating func newNumber(_ core: [Int]) -> UInt16 {
        if core.contains(where: { closures[$0].contains(graph.final) }) {
            return PatternAutomaton.matched
        }
        cores.append(core)
        return UInt16(cores.count + 1)
    }

    /// Fills the classes and gives one byte of each.
    private mutating func classify(_ sets: [ByteSet]) -> [UInt8] {
        var numbers: [[Bool]: UInt8] = [:]
        var samples: [UInt8] = []
        for byte in UInt8.min...UInt8.max {
            let signature = sets.map { $0.contains(byte) }
            if numbers[signature] == nil {
                numbers[signature] = UInt8(samples.count)
                samples.append(byte)
            }
            classOfByte.append(numbers[signature] ?? 0)
        }
        classCount = samples.count + 1
        return samples
    }

    private static func masks(of sets: [ByteSet], samples: [UInt8]) -> [ByteSet: [Bool]] {
        Dictionary(uniqueKeysWithValues: sets.map { set in (set, samples.map(set.contains)) })
    }
}
