/// A ``Pattern`` as a graph of states: the step between its text and its automaton.
struct PatternGraph {
    struct Edge {
        let bytes: ByteSet
        /// Whether the end of the text leads along it too.
        let takesEnd: Bool
        let target: Int
    }

    private(set) var edges: [[Edge]] = [[]]
    private(set) var silent: [[Int]] = [[]]
    private(set) var final = 0

    init(_ pattern: Pattern) {
        let last = add(.sequence(pattern.parts), from: 0)
        final = last
        if !pattern.notAfter.isEmpty {
            final = newState()
            edges[last].append(
                Edge(bytes: pattern.notAfter.complement, takesEnd: true, target: final))
        }
    }

    /// The states that are reached from one without reading a byte, and itself.
    func closure(_ state: Int) -> [Int] {
        var closure = [state]
        var done = 0
        while done < closure.count {
            for next in silent[closure[done]] where !closure.contains(next) {
                closure.append(next)
            }
            done += 1
        }
        return closure
    }

    private mutating func newState() -> Int {
        edges.append([])
        silent.append([])
        return edges.count - 1
    }

    private mutating func add(_ node: Pattern.Node, from state: Int) -> Int {
        switch node {
        case .bytes(let set):
            let next = newState()
            edges[state].append(Edge(bytes: set, takesEnd: false, target: next))
            return next
        case .sequence(let parts):
            return parts.reduce(state) { add($1, from: $0) }
        case .choice(let branches):
            let ends = branches.map { add($0, from: state) }
            let next = newState()
            for end in ends { silent[end].append(next) }
            return next
        case .repeated(let node, let atLeast, let atMost):
            var end = (0..<atLeast).reduce(state) { last, _ in add(node, from: last) }
            guard let atMost else {
                let start = newState()
                silent[end].append(start)
                let last = add(node, from: start)
                silent[last].append(start)
                return start
            }
            let next = newState()
            for _ in atLeast..<atMost {
                silent[end].append(next)
                end = add(node, from: end)
            }
            silent[end].append(next)
            return next
        }
    }
}
