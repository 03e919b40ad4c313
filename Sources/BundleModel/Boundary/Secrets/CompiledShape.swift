/// The pattern of a ``Shape``, read: made when its literal is first come upon, because a program
/// scans for all shapes and comes upon few.
final class CompiledShape: Sendable {
    /// What stands before the literal, read backwards from it; nil when the literal comes first.
    private let before: LazyAutomaton?
    /// The literal exactly, when something stands before it.
    private let keyword: [UInt8]
    /// From the literal on, or what follows it when something stands before it.
    private let after: LazyAutomaton
    private let notBefore: ByteSet
    /// How many bytes a match has at least before the literal, and from there on.
    let shortestBefore, shortest: Int
    /// What stands before the literal, and from it on, or behind it when something stands before.
    private let head, tail: Pattern

    /// - Throws: when the pattern cannot be read, or does not have the keyword.
    init(_ rule: ShapeRule) throws(PatternError) {
        let pattern = try PatternParser.parse(rule.pattern)
        notBefore = pattern.notBefore
        if let word = rule.keyword {
            keyword = word
            guard let (head, tail) = pattern.split(at: keyword) else {
                throw PatternError(pattern: rule.pattern, offset: 0)
            }
            self.head = head.reversed
            self.tail = tail
            before = LazyAutomaton(head.reversed)
            shortestBefore = head.shortest
            shortest = keyword.count + tail.shortest
            after = LazyAutomaton(tail)
        } else {
            before = nil
            shortestBefore = 0
            shortest = pattern.shortest
            keyword = []
            head = Pattern(parts: [], notBefore: ByteSet(), notAfter: pattern.notBefore)
            tail = pattern
            after = LazyAutomaton(pattern)
        }
    }

    /// All states; what the size of the tables is measured by.
    var stateCount: Int {
        after.automaton.stateCount + (before?.automaton.stateCount ?? 0)
    }

    /// The bytes that may stand next to a literal of this length, on each side the nearest first.
    func surroundings(ofLiteral length: Int) -> (before: [ByteSet], behind: [ByteSet]) {
        let reach = Surroundings.reach
        let first = keyword.isEmpty ? length : 0
        return (head.places(reach), Array(tail.places(first + reach).dropFirst(first)))
    }

    /// Whether the text around a literal is long enough for a match.
    func fits(_ literal: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        literal.lowerBound >= shortestBefore && bytes.count - literal.lowerBound >= shortest
    }

    /// The match at a literal that was found, or nil.
    func match(
        in bytes: Span<UInt8>, at literal: Range<Int>, memory: inout Shape.Memory
    ) -> Range<Int>? {
        guard literal.lowerBound >= memory.resume else { return nil }
        if keyword.isEmpty {
            let start = literal.lowerBound
            if start > 0, notBefore.contains(bytes[start - 1]) { return nil }
            guard
                let end = tailAutomaton(&memory).end(in: bytes, from: start, memory: &memory.after)
            else { return nil }
            memory.resume = end
            return start..<end
        }
        guard bytes.has(keyword, at: literal.lowerBound), let head = headAutomaton(&memory) else {
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
            let end = tailAutomaton(&memory).end(
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

    private func headAutomaton(_ memory: inout Shape.Memory) -> PatternAutomaton? {
        if let head = memory.head { return head }
        memory.head = before?.automaton
        return memory.head
    }

    private func tailAutomaton(_ memory: inout Shape.Memory) -> PatternAutomaton {
        if let tail = memory.tail { return tail }
        let tail = after.automaton
        memory.tail = tail
        return tail
    }
}
