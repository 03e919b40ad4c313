/// A ``Pattern`` as a deterministic automaton: one table look-up a byte, no way back.
///
/// It is run from a place where a literal of the pattern was found and stops at the shortest
/// match. A run that fails leaves behind where it stood in the states that lead to themselves
/// (``Memory``), and a later run that comes to such a place fails there too. So a run costs the
/// bounded part of its pattern, and all runs over a text together time linear in the text.
final class PatternAutomaton: Sendable {
    static let dead: UInt16 = 0
    static let matched: UInt16 = 1
    static let start: UInt16 = 2

    private let classOfByte: [UInt8]
    private let classCount: Int
    /// The next state, by state and class; the last class is the end of the text.
    private let transitions: [UInt16]
    /// For each state that leads to itself, its number among these; -1 for the others.
    private let loopNumber: [Int16]
    private let loopCount: Int
    /// Whether the byte that leads to a match stands behind it.
    private let looksAhead: Bool
    private let matchesNothing: Bool

    var stateCount: Int { loopNumber.count }

    /// Where failed runs of one automaton stood in the states that lead to themselves.
    struct Memory {
        fileprivate var failed: [Range<Int>] = []
        fileprivate var visited: [Visit] = []
        /// All steps taken; what the proof of linear time counts.
        var steps = 0

        /// Another text begins.
        mutating func begin() {
            for loop in failed.indices { failed[loop] = 0..<0 }
            steps = 0
        }
    }

    /// Where a run stood in a state that leads to itself.
    fileprivate struct Visit {
        let loop: Int
        /// Where runs failed before from there.
        let known: Range<Int>
        var range: Range<Int>
    }

    init(_ pattern: Pattern) {
        let graph = PatternGraph(pattern)
        let table = PatternTable(graph)
        classOfByte = table.classOfByte
        classCount = table.classCount
        transitions = table.transitions
        looksAhead = !pattern.notAfter.isEmpty
        matchesNothing = pattern.parts.isEmpty && pattern.notAfter.isEmpty
        var loops = 0
        loopNumber = (0..<table.stateCount).map { state in
            let row = table.transitions[(state * table.classCount)...].prefix(table.classCount)
            guard state > Self.matched, row.contains(UInt16(state)) else { return -1 }
            loops += 1
            return Int16(loops - 1)
        }
        loopCount = loops
    }

    /// Where the shortest match that starts at `index` ends, or nil.
    ///
    /// Read forwards, `index` is the first byte and the result is behind the last one; read
    /// backwards, `index` is behind the first byte read and the result is the last byte read.
    func end(
        in bytes: Span<UInt8>, from index: Int, backwards: Bool = false, memory: inout Memory
    ) -> Int? {
        if matchesNothing { return index }
        return run(
            classOfByte, transitions, loopNumber, in: bytes, from: index, backwards: backwards,
            &memory)
    }

    /// The tables are handed in, so that they are not retained for it.
    private func run(
        _ classOfByte: [UInt8], _ transitions: [UInt16], _ loopNumber: [Int16],
        in bytes: Span<UInt8>, from index: Int, backwards: Bool, _ memory: inout Memory
    ) -> Int? {
        if memory.failed.isEmpty, loopCount > 0 {
            memory.failed = Array(repeating: 0..<0, count: loopCount)
        }
        if !memory.visited.isEmpty { memory.visited.removeAll(keepingCapacity: true) }
        let classes = classOfByte.span
        let table = transitions.span
        let loops = loopNumber.span
        var state = Self.start
        var position = index
        /// The state that leads to itself and was come to last.
        var visit = Visit(loop: -1, known: 0..<0, range: 0..<0)
        var steps = 0
        defer { memory.steps &+= steps }
        while true {
            let isInside = backwards ? position > 0 : position < bytes.count
            let byteClass =
                isInside
                ? Int(classes[Int(bytes[backwards ? position &- 1 : position])])
                : classCount &- 1
            let next = table[Int(state) &* classCount &+ byteClass]
            steps &+= 1
            if next == Self.matched {
                return looksAhead ? position : position + (backwards ? -1 : 1)
            }
            if next == Self.dead || !isInside { break }
            position &+= backwards ? -1 : 1
            let loop = Int(loops[Int(next)])
            if loop >= 0 {
                if next == state, visit.loop >= 0 {
                    let range = visit.range
                    visit.range =
                        min(range.lowerBound, position)..<max(range.upperBound, position &+ 1)
                } else {
                    if visit.loop >= 0 { memory.visited.append(visit) }
                    visit = Visit(
                        loop: loop, known: memory.failed[loop], range: position..<position &+ 1)
                }
                if visit.known.contains(position) { break }
            }
            state = next
        }
        if visit.loop >= 0 {
            for visit in memory.visited { Self.remember(visit, &memory.failed) }
            Self.remember(visit, &memory.failed)
        }
        return nil
    }

    private static func remember(_ visit: Visit, _ failed: inout [Range<Int>]) {
        let (known, range) = (failed[visit.loop], visit.range)
        let touches =
            known.lowerBound <= range.upperBound && range.lowerBound <= known.upperBound
        failed[visit.loop] =
            touches && !known.isEmpty
            ? min(known.lowerBound, range.lowerBound)..<max(known.upperBound, range.upperBound)
            : range
    }
}
