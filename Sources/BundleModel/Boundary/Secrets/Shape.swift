internal import Synchronization

/// A ``ShapeRule``, ready to be looked for.
final class Shape: Sendable {
    let id: String
    /// What it looks like: `a GitHub token`.
    var what: String { rule.description }
    /// The literals, in lower case, at one of which every match is found.
    let literals: [[UInt8]]
    private let rule: ShapeRule
    private let compiled = Mutex<CompiledShape?>(nil)

    /// What the runs for one shape over one text remember.
    struct Memory {
        var before = PatternAutomaton.Memory()
        var after = PatternAutomaton.Memory()
        /// The pattern and the automata that were run, so that each is asked for once.
        let pattern: CompiledShape?
        var head, tail: PatternAutomaton?
        /// What lies before this was matched already.
        var resume = 0

        init(pattern: CompiledShape?) { self.pattern = pattern }

        /// Another text begins.
        mutating func begin() {
            before.begin()
            after.begin()
            resume = 0
        }
    }

    /// - Throws: when the beginning of the pattern cannot be read or no literal of two bytes leads
    ///   to it.
    init(_ rule: ShapeRule) throws(PatternError) {
        self.rule = rule
        id = rule.id
        if let word = rule.keyword {
            literals = [word.map { $0.asciiFolded }]
        } else {
            var literals: [[UInt8]] = []
            for text in try PatternParser.prefixes(of: rule.pattern)
            where !literals.contains(text) { literals.append(text) }
            guard !literals.isEmpty, literals.allSatisfy({ $0.count >= 2 }) else {
                throw PatternError(pattern: rule.pattern, offset: 0)
            }
            self.literals = literals
        }
    }

    /// The pattern; nil when it cannot be read, which a test excludes for the standard.
    var pattern: CompiledShape? {
        compiled.withLock { compiled in
            if let compiled { return compiled }
            compiled = try? CompiledShape(rule)
            return compiled
        }
    }
}
