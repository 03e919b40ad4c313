import Yams

/// Turns the nodes of Yams into values with places, and collects what is refused among them.
///
/// What a node was written as is read from the file at its place: Yams drops a tag that says what
/// is so anyway, and an alias is a copy of what it names.
struct YamlWalk {
    private let source: YamlSource
    private let composition: YamlComposer.Composition
    private let covered: Set<Int>
    private let nesting: Int
    private var problems: [YamlProblem] = []
    /// Everything that was refused, reported or not.
    private var refusals = 0
    /// Whether an alias or a complex key leaves the value of the document unknown.
    private var isUnknown = false
    /// The first byte that was not looked at for anchors and tags.
    private var unchecked = 0

    /// Problems of one document that are reported; more help nobody and cost memory.
    private static let reported = 100

    init(
        source: YamlSource, composition: YamlComposer.Composition, covered: [Int],
        limits: ContentLimits
    ) {
        self.source = source
        self.composition = composition
        self.covered = Set(covered)
        nesting = limits.nesting
    }

    /// Where a value stands.
    private struct Position {
        /// Collections around it.
        var depth = 0
        /// Whether one of them is written in brackets.
        var inBrackets = false
        /// Where a value that is left out is said to be; nil for an entry of a list.
        var emptyMark: SourceMark?
    }

    /// Reads the root and everything below.
    mutating func read(_ root: Node) throws(YamlProblem) -> YamlReader.Outcome {
        let value = try value(of: root, at: Position(emptyMark: .start))
        if problems.isEmpty, case .scalar("", isPlain: true) = value.content {
            throw .emptyDocument
        }
        return YamlReader.Outcome(root: isUnknown ? nil : value, problems: problems)
    }

    private mutating func value(
        of node: Node, at position: Position
    ) throws(YamlProblem) -> YamlNode {
        let mark = composition.mark(of: node)
        let offset = source.offset(of: mark)
        refuseIndicators(at: offset, mark: mark, inBrackets: position.inBrackets)
        switch node {
        case .scalar(let scalar):
            return value(of: scalar, mark: mark, emptyMark: position.emptyMark)
        case .sequence(let nodes):
            let inside = try enter(position, offset: offset, mark: mark)
            var items: [YamlNode] = []
            items.reserveCapacity(nodes.count)
            for item in nodes { items.append(try value(of: item, at: inside)) }
            return YamlNode(.sequence(items), at: mark)
        case .mapping(let pairs):
            let inside = try enter(position, offset: offset, mark: mark)
            return YamlNode(.mapping(try entries(of: pairs, at: inside)), at: mark)
        case .alias:
            throw .alias(at: mark)
        }
    }

    private mutating func value(
        of scalar: Node.Scalar, mark: SourceMark, emptyMark: SourceMark?
    ) -> YamlNode {
        let isPlain = scalar.style == .plain
        let text = scalar.string
        if isPlain, text.isEmpty {
            // libyaml gives the place behind the dash or colon.
            let dash = SourceMark(line: mark.line, column: max(1, mark.column - 1))
            return YamlNode(.scalar("", isPlain: true), at: emptyMark ?? dash)
        }
        if scalar.style == .doubleQuoted,
            YamlCharacter.opensWithByteOrderMark(source.bytes[source.offset(of: mark)...])
        {
            refuse(
                YamlProblem(
                    "control-character", at: mark,
                    "the text begins with an escape for a byte order mark",
                    hint: "leave the character out"))
        }
        if scalar.style == .doubleQuoted, let control = YamlCharacter.firstControl(in: text) {
            refuse(
                YamlProblem(
                    "control-character", at: mark,
                    "the text holds an escape for \(YamlCharacter.name(of: control)), a control "
                        + "character",
                    hint: "leave the character out"))
        }
        return YamlNode(.scalar(text, isPlain: isPlain), at: mark)
    }

    // MARK: Maps

    private mutating func entries(
        of pairs: Node.Mapping, at position: Position
    ) throws(YamlProblem) -> [YamlNode.Entry] {
        var marks: [String: SourceMark] = [:]
        marks.reserveCapacity(pairs.count)
        var entries: [YamlNode.Entry] = []
        entries.reserveCapacity(pairs.count)
        for (key, node) in pairs {
            let (text, mark, isKept) = read(key: key, known: marks, at: position)
            var inside = position
            inside.emptyMark = mark
            let value = try value(of: node, at: inside)
            guard isKept else { continue }
            marks[text] = mark
            entries.append(YamlNode.Entry(key: text, keyMark: mark, value: value))
        }
        return entries
    }

    /// Reads a key; false when it was refused.
    private mutating func read(
        key node: Node, known: [String: SourceMark], at position: Position
    ) -> (text: String, mark: SourceMark, isKept: Bool) {
        let mark = composition.mark(of: node)
        guard case .scalar(let scalar) = node else {
            refuse(.complexKey(at: mark))
            return ("", mark, false)
        }
        let before = refusals
        refuseIndicators(
            at: source.offset(of: mark), mark: mark, inBrackets: position.inBrackets)
        let text = composition.text(ofKey: scalar.string)
        if let first = known[text] {
            refuse(.duplicateKey(text, at: mark, first: first))
        } else if scalar.style == .plain, text == "<<" {
            refuse(.mergeKey(at: mark))
        } else if scalar.style == .plain, text.isEmpty, refusals == before {
            refuse(
                YamlProblem("empty-key", at: mark, "a key is missing in front of ':'"))
        } else if let control = YamlCharacter.firstControl(in: text) {
            refuse(
                YamlProblem(
                    "control-character", at: mark,
                    "the key holds an escape for \(YamlCharacter.name(of: control)), a control "
                        + "character",
                    hint: "leave the character out"))
        }
        return (text, mark, refusals == before)
    }

    // MARK: Refusals

    private mutating func refuse(_ problem: YamlProblem) {
        refusals += 1
        if problem.rule == "yaml-alias" || problem.rule == "yaml-complex-key" { isUnknown = true }
        if problems.count < Self.reported { problems.append(problem) }
    }

    private func enter(
        _ position: Position, offset: Int, mark: SourceMark
    ) throws(YamlProblem) -> Position {
        guard position.depth < nesting else { throw .nesting(over: nesting, at: mark) }
        let first = source.byte(at: source.offsetBehindProperties(at: offset))
        return Position(
            depth: position.depth + 1,
            inBrackets: position.inBrackets || first == 0x5B || first == 0x7B,
            emptyMark: nil)
    }

    /// Reports anchors and tags in front of a value, and what the shield covered.
    ///
    /// A map starts where its first key starts, so a place that was looked at is not again.
    private mutating func refuseIndicators(at start: Int, mark: SourceMark, inBrackets: Bool) {
        guard start >= unchecked else { return }
        unchecked = start + 1
        if covered.contains(start) {
            if source.byte(at: start) == 0x2A {
                refuse(.alias(at: mark))
            } else if inBrackets || !YamlShield.isTextOutsideBrackets(at: start, in: source) {
                refuse(.complexKey(at: mark))
            }
        }
        while let problem = property(at: unchecked - 1) {
            refuse(problem)
            unchecked = source.offsetBehindProperty(at: unchecked - 1) + 1
        }
    }

    private func property(at offset: Int) -> YamlProblem? {
        switch source.byte(at: offset) {
        case 0x26: .anchor(at: source.mark(at: offset))
        case 0x21: .tag(at: source.mark(at: offset))
        default: nil
        }
    }
}
