/// The characters of a document that are covered while it is composed for the first time.
///
/// Yams follows aliases and compares whole collections that are keys while it composes, before
/// anyone can refuse them: a few lines can cost minutes. So every `*` and `?` that may be an
/// indicator, and `:` behind brackets where there are very many, is first replaced by a character without meaning. If the covered text composes and no
/// value starts at a covered place, these characters were all inside of texts or comments, and the
/// document itself is safe to compose. If one does, it was an alias or a complex key. If covering
/// breaks the document, it had one, or was broken already.
struct YamlShield {
    /// The offsets of the covered bytes, in the order of the file; empty for nearly every document.
    let offsets: [Int]
    /// An upper bound for the nesting of the document.
    let possibleNesting: Int

    init(_ source: YamlSource) {
        var offsets: [Int] = []
        var colons: [Int] = []
        var openings = 0
        var deepestStart = 0
        var lineStart = 0
        var isAtStart = true
        for (offset, byte) in source.bytes.enumerated() {
            if isAtStart, !Self.canStandBeforeContent(byte) {
                deepestStart = max(deepestStart, offset - lineStart)
                isAtStart = false
            }
            switch byte {
            case 0x5B, 0x7B: openings += 1
            case 0x3A where Self.followsBracket(offset, in: source): colons.append(offset)
            case 0x0A:
                lineStart = offset + 1
                isAtStart = true
            case 0x2A where Self.isName(source.byte(at: offset + 1)),
                0x3F:
                if offset == 0 || Self.endsToken(source.bytes[offset - 1]) {
                    offsets.append(offset)
                }
            default: break
            }
        }
        if colons.count > Self.bearableColons { offsets = (offsets + colons).sorted() }
        self.offsets = offsets
        // A column can start one map and one list.
        possibleNesting = openings + 2 * (deepestStart + 1)
    }

    /// Colons behind a closing bracket that are left alone.
    ///
    /// Keys in brackets fit in 1,024 characters, so that comparing them costs something only when
    /// there are thousands. Fewer are left as they are, because a plain key may end in a bracket.
    private static let bearableColons = 4096

    private static func followsBracket(_ offset: Int, in source: YamlSource) -> Bool {
        var before = offset - 1
        while before >= 0, YamlSource.isBlank(source.bytes[before]) { before -= 1 }
        return before >= 0 && (source.bytes[before] == 0x5D || source.bytes[before] == 0x7D)
    }

    /// Whether a covered byte has a meaning only libyaml gives it: `?` before other text.
    ///
    /// In a list or map in brackets libyaml takes it for an indicator, elsewhere it is text.
    static func isTextOutsideBrackets(at offset: Int, in source: YamlSource) -> Bool {
        source.byte(at: offset) == 0x3F
            && !YamlSource.isBlankOrEnd(source.byte(at: offset + 1))
    }

    /// Whether a covered `?` stands where a key of a block would start.
    static func startsBlockKey(at offset: Int, in source: YamlSource) -> Bool {
        source.byte(at: offset) == 0x3F
            && YamlSource.isBlankOrEnd(source.byte(at: offset + 1))
            && source.bytes[source.lineStart(of: offset)..<offset].allSatisfy(
                canStandBeforeContent)
    }

    private static func canStandBeforeContent(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x2D || byte == 0x3F || byte == 0x3A
    }

    /// Whether an indicator can follow a byte directly.
    private static func endsToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20, 0x2C, 0x3A, 0x3F, 0x5B, 0x7B: true
        default: false
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
