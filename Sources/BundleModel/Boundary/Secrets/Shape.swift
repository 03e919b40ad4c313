/// A ``ShapeRule``, compiled.
final class Shape: Sendable {
    let id: String
    /// What it looks like: `a GitHub token`.
    let what: String
    /// The literals, in lower case, at one of which every match is found.
    let literals: [[UInt8]]
    /// What stands before the literal, read backwards from it; nil when the literal comes first.
    private let before: LazyAutomaton?
    /// The literal exactly, when something stands before it.
    private let keyword: [UInt8]
    /// From the literal on, or what follows it when something stands before it.
    private let after: LazyAutomaton
    private let notBefore: ByteSet
    /// How many bytes a match has at least before the literal, and from there on.
    let shortestBefore, shortest: Int

    /// What the runs for one shape over one text remember.
    struct Memory {
        var before = PatternAutomaton.Memory()
        var after = PatternAutomaton.Memory()
        /// The automata that were run, so that each is asked for once.
        fileprivate var head, tail: PatternAutomaton?
        /// What lies before this was matched already.
        var resume = 0
    }

    /// - Throws: when the pattern cannot be read or no literal of two bytes leads to it.
    init(_ rule: ShapeRule) throws(PatternError) {
        let pattern = try PatternParser.parse(rule.pattern)
        id = rule.id
        what = rule.description
        if let word = rule.keyword {
            let bytes = Array(word.utf8)
            guard let (head, tail) = pattern.split(at: bytes) else {
                throw PatternError(pattern: rule.pattern, offset: 0)
            }
            before = LazyAutomaton(head.reversed)
            shortestBefore = head.shortest
            shortest = bytes.count + tail.shortest
            after = LazyAutomaton(tail)
            literals = [bytes.map(\.asciiFolded)]
            keyword = bytes
        } else {
            literals = Array(Set(pattern.prefixes)).sorted { $0.lexicographicallyPrecedes($1) }
            guard !literals.isEmpty, literals.allSatisfy({ $0.count >= 2 }) else {
                throw PatternError(pattern: rule.pattern, offset: 0)
            }
            before = nil
            shortestBefore = 0
            shortest = pattern.shortest
            keyword = []
            after = LazyAutomaton(pattern)
        }
        notBefore = pattern.notBefore
    }

    /// All states; what the size of the tables is measured by.
    var stateCount: Int {
        after.automaton.stateCount + (before?.automaton.stateCount ?? 0)
    }

    /// The match at a literal that was found, or nil.
    func match(
        in bytes: Span<UInt8>, at literal: Range<Int>, memory: inout Memory
    ) -> Range<Int>? {
        guard literal.lowerBound >= memory.resume else { return nil }
        if keyword.isEmpty {
            let start = literal.lowerBound
            if start > 0, notBefore.contains(bytes[start - 1]) { return nil }
            guard let end = tail(&memory).end(in: bytes, from: start, memory: &memory.after)
            else { return nil }
            memory.resume = end
            return start..<end
        }
        guard bytes.has(keyword, at: literal.lowerBound), let head = head(&memory) else {
            return nil
        }
        // The shorter part first: it is what ends most looks.
        var start: Int?
        if head.stateCount <= 8 {
            start = head.end(
                in: bytes, from: literal.lowerBound, backwards: true, memory: &memory.before)
            if start == nil { return nil }
        }
        guard
            let end = tail(&memory).end(
                in: bytes, from: literal.upperBound, memory: &memory.after)
        else { return nil }
        start =
            start
            ?? head.end(
                in: bytes, from: literal.lowerBound, backwards: true, memory: &memory.before)
        guard let start else { return nil }
        memory.resume = end
        return start..<end
    }

    private func head(_ memory: inout Memory) -> PatternAutomaton? {
        if let head = memory.head { return head }
        memory.head = before?.automaton
        return memory.head
    }

    private func tail(_ memory: inout Memory) -> PatternAutomaton {
        if let tail = memory.tail { return tail }
        let tail = after.automaton
        memory.tail = tail
        return tail
    }
}
