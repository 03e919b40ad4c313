/// One pass over one text: what was found, and how far each rule has looked.
struct TextPass {
    let scan: SecretScan
    /// Whether words of examples are refused too, as in files of settings.
    let isStrict: Bool
    /// Whether the text is source code or markup, where quotes stand around a literal.
    let isCode: Bool
    /// Whether the text was decoded from another, and is not decoded again.
    let isDecoded: Bool

    var found: [SecretMatch] = []
    /// What the keys of the text say, and how far the looks for shapes came.
    var memory = TextMemory()
    /// What lies before these was looked at by the rule.
    var keyDone = 0
    var commandDone = 0
    var flagDone = 0
    /// What the looks for heads of tables remember.
    var tables = Tables()
    /// What the looks at values remember.
    var looked = ValueReader.Looked()
    /// What was searched for the end of a placeholder in a URL.
    var open = Stretch()
    /// A value that was found to have no digit or no letter.
    var plain: (range: Range<Int>, hasDigit: Bool, hasLetter: Bool) = (0..<0, false, false)
    /// Places where something is escaped, and the first NUL.
    var escapes: [Int] = []
    /// Places of full-width letters and half-width katakana.
    var wideForms: [Int] = []
    var firstNul: Int?
    /// Behind so many a text is not read on: no more than a part of them is listed.
    static let mostMatches = 8 * BoundaryScan.maximumFindings

    init(scan: SecretScan, isStrict: Bool, isCode: Bool = false, isDecoded: Bool = false) {
        self.scan = scan
        self.isStrict = isStrict
        self.isCode = isCode
        self.isDecoded = isDecoded
    }

    /// All steps of automata, for the proof that they are linear in the text.
    var steps: Int { memory.steps }

    mutating func run(_ bytes: Span<UInt8>) {
        let scan = scan
        let (looks, surroundings) = (scan.looks, scan.surroundings)
        let around = surroundings.span
        var run = scan.search.run
        memory.beginText()
        while found.count < Self.mostMatches, let endings = run.advance(in: bytes) {
            for ending in endings {
                let look = looks[ending]
                guard look.isOpen(behind: run.index, in: bytes, around) else { continue }
                self.look(look.trigger, at: run.index - look.length..<run.index, in: bytes)
            }
        }
    }

    private mutating func look(
        _ trigger: SecretScan.Trigger, at literal: Range<Int>, in bytes: Span<UInt8>
    ) {
        switch trigger {
        case .shape(let number): look(forShape: number, at: literal, in: bytes)
        case .key: look(forValueAt: literal, in: bytes)
        case .address: look(forUserInformationAt: literal, in: bytes)
        case .privateKey: look(forPrivateKeyAt: literal, in: bytes)
        case .scheme: look(forCredentialAfterScheme: literal, in: bytes)
        case .command(let number): look(forCommand: number, at: literal, in: bytes)
        case .escape: if !isDecoded { escapes.append(literal.lowerBound) }
        case .wideForm: if !isDecoded { wideForms.append(literal.lowerBound) }
        case .nul: if firstNul == nil { firstNul = literal.lowerBound }
        }
    }

    private mutating func look(forShape number: Int, at literal: Range<Int>, in bytes: Span<UInt8>)
    {
        let shape = scan.shapes[number]
        guard let range = memory.match(of: shape, number, at: literal, in: bytes),
            !ShapeText.isPlaceholder(bytes.copy(range), literal: literal, start: range.lowerBound)
        else { return }
        found.append(SecretMatch(rule: shape.id, range: range, in: bytes, what: shape.what))
    }
}
