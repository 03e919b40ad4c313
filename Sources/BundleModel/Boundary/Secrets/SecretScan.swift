internal import Synchronization

/// Finds secrets: known shapes of credentials anywhere, literals under keys that name a secret,
/// and texts of much chance beside such a key.
///
/// Every look at a text is one pass over it that finds the literals of all rules at once, and a
/// bounded look around each; the time is linear in the text, whatever it holds. The rules are
/// `boundary-rules.json` and the files of this folder.
final class SecretScan: Sendable {
    /// The rules of this version, for a program that scans much.
    static let standard = SecretScan(scanningMuch: little)
    /// The same rules for one that scans little, as the hook of a push does: it would wait longer
    /// for tables than for the scan.
    static let little = SecretScan(.standard, scansMuch: false)
    /// The bytes that were scanned so far, until they are many.
    private static let scanned = Atomic(0)
    /// From so many bytes on tables are worth their making.
    private static let much = 1 << 16

    /// The rules of this version, with tables when much was scanned.
    ///
    /// - Parameter count: the bytes that are scanned with it.
    static func scan(of count: Int) -> SecretScan {
        if scanned.load(ordering: .relaxed) >= much { return standard }
        return scanned.add(count, ordering: .relaxed).newValue < much ? little : standard
    }

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

    /// A trigger at a literal, and how much text it needs around it.
    struct Look: Sendable {
        let trigger: Trigger
        /// How many bytes the literal has.
        let length: Int
        /// How many bytes there must be before the literal, and from its start on.
        let before, behind: Int
        /// The tables of ``SecretScan/surroundings`` for what stands before and behind the literal.
        var tableBefore = Surroundings.any
        var tableBehind = Surroundings.any

        /// Whether the text around the literal that ends at an index is long enough for a match,
        /// and may be that of one.
        ///
        /// - Parameter places: the ``SecretScan/surroundings``.
        @inline(__always)
        func isOpen(behind end: Int, in text: Span<UInt8>, _ places: Span<UInt8>) -> Bool {
            let start = end &- length
            return start >= before && text.count &- start >= behind
                && Surroundings.allows(tableBehind, of: places, behind: end, in: text)
                && Surroundings.allows(tableBefore, of: places, before: start, in: text)
        }
    }

    let shapes: [Shape]
    let commands: [CommandRule]
    let keys: KeyVocabulary
    let values: ValueVocabulary
    let search: LiteralSearch
    /// What the literals that end at a state of ``search`` lead to, in the order of its endings.
    ///
    /// In one that scans little a shape is taken for as short as its literal: how long it is takes
    /// the whole of its pattern to know.
    let looks: [Look]
    /// What may stand around the literals of shapes; nothing is excluded where little is scanned.
    let surroundings: [UInt8]
    /// No text with fewer bytes holds a match: a key word, a sign and a value.
    let shortest: Int

    /// A rule whose pattern cannot be read is left out; a test excludes that for the standard.
    init(_ rules: SecretRules, scansMuch: Bool = true) {
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
        search = LiteralSearch(literals, hasTable: scansMuch)
        let looks = search.endings.map { ending in
            let (trigger, length) = (triggers[ending], literals[ending].count)
            // A sign and a value follow a key.
            let behind = if case .key = trigger { length + 2 } else { length }
            return Look(trigger: trigger, length: length, before: 0, behind: behind)
        }
        (self.looks, surroundings) =
            scansMuch ? Self.exact(looks, shapes) : (looks, Surroundings().places)
    }

    private init(scanningMuch little: SecretScan) {
        shapes = little.shapes
        commands = little.commands
        keys = little.keys
        values = little.values
        search = little.search.withTable
        (looks, surroundings) = Self.exact(little.looks, little.shapes)
        shortest = little.shortest
    }

    /// The same looks with the lengths of the shapes and what stands around their literals.
    private static func exact(
        _ looks: [Look], _ shapes: [Shape]
    ) -> (looks: [Look], surroundings: [UInt8]) {
        var surroundings = Surroundings()
        let looks = looks.map { look in
            guard case .shape(let number) = look.trigger, let pattern = shapes[number].pattern
            else { return look }
            let around = pattern.surroundings(ofLiteral: look.length)
            return Look(
                trigger: look.trigger, length: look.length, before: pattern.shortestBefore,
                behind: pattern.shortest, tableBefore: surroundings.table(around.before),
                tableBehind: surroundings.table(around.behind))
        }
        return (looks, surroundings.places)
    }

    /// What may be found in a text.
    enum Prospect {
        /// No literal of any rule.
        case none
        /// Only such as no match can be at.
        case cramped
        /// Words of keys only.
        case keys
        case some
    }

    /// What a text holds literals for.
    func prospect(of text: Span<UInt8>) -> Prospect {
        text.count < shortest ? .none : prospect(of: text, looks, surroundings)
    }

    /// The tables are handed in, so that they are not retained for it.
    private func prospect(
        of text: Span<UInt8>, _ looks: [Look], _ surroundings: [UInt8]
    ) -> Prospect {
        let (looks, around) = (looks.span, surroundings.span)
        var run = search.run
        var prospect = Prospect.none
        while let endings = run.advance(in: text) {
            for ending in endings {
                guard looks[ending].isOpen(behind: run.index, in: text, around) else {
                    if prospect == .none { prospect = .cramped }
                    continue
                }
                guard case .key = looks[ending].trigger else { return .some }
                prospect = .keys
            }
        }
        return prospect
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
        var memory = TextMemory()
        return matches(in: bytes, isStrict: isStrict, isCode: isCode, &memory)
    }

    /// The same, with what earlier texts of the file left to remember.
    ///
    /// - Parameter isOpen: whether there may be a match at a literal, and not only in base64.
    func matches(
        in bytes: Span<UInt8>, isStrict: Bool, isCode: Bool = false, isOpen: Bool = true,
        _ memory: inout TextMemory
    ) -> [BoundaryMatch] {
        if !isOpen, bytes.count < Base64Text.shortest { return [] }
        var pass = TextPass(scan: self, isStrict: isStrict, isCode: isCode)
        swap(&pass.memory, &memory)
        defer { swap(&pass.memory, &memory) }
        if isOpen { pass.run(bytes) }
        let views = pass.decodedViews(of: bytes)
        if pass.found.isEmpty, views.isEmpty { return [] }
        var decoded: [SecretMatch] = []
        for view in views {
            var inner = TextPass(
                scan: self, isStrict: isStrict, isCode: isCode, isDecoded: true)
            swap(&inner.memory, &pass.memory)
            inner.run(view.bytes.span)
            swap(&inner.memory, &pass.memory)
            decoded += inner.found.map { view.located($0) }
        }
        if pass.found.isEmpty, decoded.isEmpty { return [] }
        return SecretMatch.merged(pass.found, decoded).map(\.boundaryMatch)
    }
}
