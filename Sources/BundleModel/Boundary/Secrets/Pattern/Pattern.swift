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

    /// No more texts are told apart that matches start with.
    static let mostPrefixes = 24

    /// The literal texts that every match starts with, in lower case; as long as they stay few.
    var prefixes: [[UInt8]] {
        var texts: [[UInt8]] = [[]]
        _ = Node.sequence(parts).extend(&texts, limit: Self.mostPrefixes)
        return texts
    }

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

    /// Goes on with texts that a match starts with, as long as they stay few; says whether what
    /// follows goes on with them, too.
    func extend(_ texts: inout [[UInt8]], limit: Int) -> Bool {
        switch self {
        case .bytes(let set):
            if let byte = set.onlyMember {
                return Self.join(&texts, [[byte.asciiFolded]], limit: limit)
            }
            // Three letters in both cases.
            guard set.count <= 6 else { return false }
            var folded: [[UInt8]] = []
            for byte in set.members where !folded.contains([byte.asciiFolded]) {
                folded.append([byte.asciiFolded])
            }
            return folded.count <= 3 && Self.join(&texts, folded, limit: limit)
        case .sequence(let parts):
            return parts.allSatisfy { $0.extend(&texts, limit: limit) }
        case .choice(let branches):
            var all: [[UInt8]] = []
            var areWhole = true
            for branch in branches {
                var own: [[UInt8]] = [[]]
                if !branch.extend(&own, limit: limit) { areWhole = false }
                all += own
            }
            return Self.join(&texts, all, limit: limit) && areWhole
        case .repeated(let node, let atLeast, let atMost):
            guard atLeast > 0 else { return false }
            return node.extend(&texts, limit: limit) && atLeast == 1 && atMost == 1
        }
    }

    /// Every text with every end behind it, unless these are too many.
    private static func join(
        _ texts: inout [[UInt8]], _ ends: [[UInt8]], limit: Int
    ) -> Bool {
        guard texts.count * ends.count <= limit else { return false }
        if ends.count == 1 {
            for index in texts.indices { texts[index] += ends[0] }
        } else {
            texts = texts.flatMap { text in ends.map { text + $0 } }
        }
        return true
    }
}
