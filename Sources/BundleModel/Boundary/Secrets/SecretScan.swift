/// Finds secrets: known shapes of credentials anywhere, literals under keys that name a secret,
/// and texts of much chance beside such a key.
///
/// Every look at a text is one pass over it that finds the literals of all rules at once, and a
/// bounded look around each; the time is linear in the text, whatever it holds. The rules are
/// `boundary-rules.json` and the files of this folder.
final class SecretScan: Sendable {
    /// The rules of this version.
    static let standard = SecretScan(.standard)

    /// The longest look ahead or back that a match needs, in bytes.
    ///
    /// A text that is read in windows has them overlap by twice this, and takes from each only
    /// the matches that start this far from its inner ends.
    static let reach = 8 * 1024

    /// What a literal leads to.
    enum Trigger: Sendable {
        case shape(Int)
        case key
        case address
        case privateKey
        case scheme
        case command(Int)
        case escape
        case wideForm
        case nul
    }

    let shapes: [Shape]
    let commands: [CommandRule]
    let keys: KeyVocabulary
    let values: ValueVocabulary
    let search: LiteralSearch
    /// For each literal of ``search`` its length, and what it leads to.
    let lengths: [Int]
    let triggers: [Trigger]
    /// No text with fewer bytes holds a match: a key word, a sign and a value.
    let shortest: Int

    /// A rule whose pattern cannot be read is left out; a test excludes that for the standard.
    init(_ rules: SecretRules) {
        shapes = rules.shapes.compactMap { try? Shape($0) }
        commands = rules.commands
        keys = KeyVocabulary(rules.keys)
        values = ValueVocabulary(rules.keys, keys: keys)
        var literals: [[UInt8]] = []
        var triggers: [Trigger] = []
        func add(_ literal: [UInt8], _ trigger: Trigger) {
            literals.append(literal)
            triggers.append(trigger)
        }
        for (number, shape) in shapes.enumerated() {
            for literal in shape.literals { add(literal, .shape(number)) }
        }
        for literal in keys.literals { add(literal, .key) }
        add(Array("://".utf8), .address)
        for literal in ["-----begin ", "---- begin "] { add(Array(literal.utf8), .privateKey) }
        for literal in ["bearer ", "basic "] { add(Array(literal.utf8), .scheme) }
        for (number, rule) in commands.enumerated() {
            add(Array(rule.command.utf8), .command(number))
        }
        for literal in EscapedText.openings + EscapedText.invisible {
            add(Array(literal.utf8), .escape)
        }
        for literal in WideForms.literals { add(literal, .wideForm) }
        add([0], .nul)
        shortest = (keys.literals.map { $0.count }.min() ?? 0) + 2
        search = LiteralSearch(literals)
        lengths = literals.map { $0.count }
        self.triggers = triggers
    }

    /// Every match in raw bytes, in order of where it starts.
    ///
    /// Words of examples are left, as a comment may hold them; the look at a ``ScannedValue``
    /// is stricter with values.
    ///
    /// - Parameters:
    ///   - bytes: a whole file, or a window of it; offsets count from its start.
    ///   - isCode: whether it is source code or markup, where quotes stand around a literal.
    func matches(in bytes: ArraySlice<UInt8>, isCode: Bool = false) -> [BoundaryMatch] {
        matches(in: bytes.span, isStrict: false, isCode: isCode)
    }

    /// Every match in a short text: a file name, a commit message, a trailer, the name of a ref.
    func matches(inText text: String) -> [BoundaryMatch] {
        let bytes = Array(text.utf8)
        return matches(in: bytes.span, isStrict: false)
    }

    /// Every match in a text and in what it holds encoded.
    func matches(
        in bytes: Span<UInt8>, isStrict: Bool, isCode: Bool = false
    ) -> [BoundaryMatch] {
        var pass = TextPass(scan: self, isStrict: isStrict, isCode: isCode)
        pass.run(bytes)
        var decoded: [SecretMatch] = []
        for view in pass.decodedViews(of: bytes) {
            var inner = TextPass(
                scan: self, isStrict: isStrict, isCode: isCode, isDecoded: true)
            inner.run(view.bytes.span)
            decoded += inner.found.map { view.located($0) }
        }
        if pass.found.isEmpty, decoded.isEmpty { return [] }
        return SecretMatch.merged(pass.found, decoded).map(\.boundaryMatch)
    }
}
