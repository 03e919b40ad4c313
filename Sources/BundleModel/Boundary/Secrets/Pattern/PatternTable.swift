/// The subset construction: the states of a ``PatternGraph`` that are reached together are one.
struct PatternTable {
    private(set) var classOfByte: [UInt8] = []
    /// Classes of bytes that no edge tells apart, and one for the end of the text.
    private(set) var classCount = 0
    private(set) var transitions: [UInt16] = []

    var stateCount: Int { transitions.count / classCount }

    init(_ graph: PatternGraph) {
        let samples = classify(graph)
        transitions = Array(repeating: PatternAutomaton.dead, count: classCount * 2)
        var numbers: [[Int]: Int] = [:]
        var sets: [[Int]] = []
        func number(_ set: [Int]) -> Int {
            if set.isEmpty { return Int(PatternAutomaton.dead) }
            if set.contains(graph.final) { return Int(PatternAutomaton.matched) }
            if let known = numbers[set] { return known }
            sets.append(set)
            numbers[set] = sets.count + 1
            return sets.count + 1
        }
        _ = number(graph.closure([0]))
        var done = 0
        while done < sets.count {
            let edges = sets[done].flatMap { graph.edges[$0] }
            for sample in samples {
                let targets = edges.filter { $0.bytes.contains(sample) }.map(\.target)
                transitions.append(UInt16(number(graph.closure(targets))))
            }
            let atEnd = edges.filter(\.takesEnd).map(\.target)
            transitions.append(UInt16(number(graph.closure(atEnd))))
            done += 1
        }
    }

    /// Fills the classes and gives one byte of each.
    private mutating func classify(_ graph: PatternGraph) -> [UInt8] {
        let sets = Array(Set(graph.edges.joined().map(\.bytes)))
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
}
