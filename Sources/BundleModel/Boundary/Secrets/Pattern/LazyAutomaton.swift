internal import Synchronization

/// The automaton of a pattern, built when it is first needed: a text comes upon few of all rules.
final class LazyAutomaton: Sendable {
    private let pattern: Pattern
    private let built = Mutex<PatternAutomaton?>(nil)

    init(_ pattern: Pattern) {
        self.pattern = pattern
    }

    /// The automaton.
    var automaton: PatternAutomaton {
        built.withLock { built in
            if let built { return built }
            let automaton = PatternAutomaton(pattern)
            built = automaton
            return automaton
        }
    }
}
