/// What one shape rule of the boundary looks for: a small subset of regular expressions.
///
/// Literals, classes (`[A-Za-z0-9_-]`), `\d`, `\w`, groups with `|`, and the repetitions `?`, `+`,
/// `{n}`, `{n,}` and `{m,n}`. `(?i)` at the start folds the case of ASCII letters. `\b` at the
/// start or the end means that no ASCII letter or digit stands on the other side; `(?<![…])` and
/// `(?![…])` say so of another class. Nothing else is understood, so each pattern is a finite
/// automaton without a choice (``PatternAutomaton``).
struct Pattern: Hashable, Sendable {
    indirect enum Node: Hashable, Sendable {
        case bytes(ByteSet)
        case sequence([Node])
        case choice([Node])
        case repeated(Node, atLeast: Int, atMost: Int?)
    }

    /// The parts in order.
    let parts: [Node]
    /// No byte of these stands before it.
    let notBefore: ByteSet
    /// No byte of these stands after it.
    let notAfter: ByteSet

    /// The pattern read backwards.
    var reversed: Pattern {
        Pattern(
            parts: parts.reversed().map(\.reversed), notBefore: notAfter, notAfter: notBefore)
    }

    /// The literal texts that every match starts with, in lower case; as long as they stay few.
    var prefixes: [[UInt8]] { Node.sequence(parts).prefixes(limit: 24).texts }

    /// How many bytes the shortest match has.
    var shortest: Int { Node.sequence(parts).shortest }

    /// The parts before and after a literal text that stands among the outermost parts.
    func split(at keyword: [UInt8]) -> (before: Pattern, after: Pattern)? {
        let folded = keyword.map(\.asciiFolded)
        guard !folded.isEmpty, folded.count <= parts.count else { return nil }
        for start in 0...(parts.count - folded.count)
        where zip(folded, parts[start...]).allSatisfy({ $1.literal == $0 }) {
            return (
                Pattern(
                    parts: Array(parts[..<start]), notBefore: notBefore, notAfter: ByteSet()),
                Pattern(
                    parts: Array(parts[(start + folded.count)...]), notBefore: ByteSet(),
                    notAfter: notAfter)
            )
        }
        return nil
    }
}

extension Pattern.Node {
    var reversed: Self {
        switch self {
        case .bytes: self
        case .sequence(let parts): .sequence(parts.reversed().map(\.reversed))
        case .choice(let branches): .choice(branches.map(\.reversed))
        case .repeated(let node, let atLeast, let atMost):
            .repeated(node.reversed, atLeast: atLeast, atMost: atMost)
        }
    }

    /// How many bytes it takes at least.
    var shortest: Int {
        switch self {
        case .bytes: 1
        case .sequence(let parts): parts.reduce(0) { $0 + $1.shortest }
        case .choice(let branches): branches.map(\.shortest).min() ?? 0
        case .repeated(let node, let atLeast, _): atLeast * node.shortest
        }
    }

    /// The one byte that it stands for, in lower case, when it is a literal.
    var literal: UInt8? {
        guard case .bytes(let set) = self else { return nil }
        let folded = Set(set.members.map(\.asciiFolded))
        return folded.count == 1 ? folded.first : nil
    }

    /// Texts that a match starts with, and whether these are whole matches.
    func prefixes(limit: Int) -> (texts: [[UInt8]], areWhole: Bool) {
        switch self {
        case .bytes(let set):
            // Three letters in both cases.
            guard set.count <= 6 else { return ([[]], false) }
            let folded = Set(set.members.map(\.asciiFolded))
            return folded.count <= 3 ? (folded.sorted().map { [$0] }, true) : ([[]], false)
        case .sequence(let parts):
            var texts: [[UInt8]] = [[]]
            for part in parts {
                let (next, areWhole) = part.prefixes(limit: limit)
                guard texts.count * next.count <= limit else { return (texts, false) }
                texts = texts.flatMap { text in next.map { text + $0 } }
                if !areWhole { return (texts, false) }
            }
            return (texts, true)
        case .choice(let branches):
            let all = branches.map { $0.prefixes(limit: limit) }
            return (all.flatMap(\.texts), all.allSatisfy(\.areWhole))
        case .repeated(let node, let atLeast, let atMost):
            guard atLeast > 0 else { return ([[]], false) }
            let (texts, areWhole) = node.prefixes(limit: limit)
            return (texts, areWhole && atLeast == 1 && atMost == 1)
        }
    }
}
