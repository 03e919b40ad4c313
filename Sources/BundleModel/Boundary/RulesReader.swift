/// Finds the values in the JSON of ``RulesText``, in one pass over its bytes.
struct RulesReader {
    private let bytes: [UInt8]
    private var index = 0
    private(set) var tokens: [RulesText.Token] = []
    /// Collections in each other, at most.
    private static let deepest = 16
    /// How many bytes a value has at least on average, in what is written for people.
    private static let bytesOfValue = 16

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / Self.bytesOfValue)
    }

    mutating func readAll() throws(RulesValue.Problem) {
        try readValue(0)
        skipBlanks()
        guard index == bytes.count else { throw .syntax(index) }
    }

    private mutating func readValue(_ depth: Int) throws(RulesValue.Problem) {
        skipBlanks()
        guard depth < Self.deepest, index < bytes.count else { throw .syntax(index) }
        switch bytes[index] {
        case UInt8(ascii: "\""): try readText()
        case UInt8(ascii: "["): try readList(depth)
        case UInt8(ascii: "{"): try readObject(depth)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
        default: try readWord()
        }
    }

    /// Adds the token of a value without anything in it.
    private mutating func add(
        _ kind: RulesValue.Kind, _ range: Range<Int>, hasEscapes: Bool = false
    ) {
        tokens.append(
            RulesText.Token(
                kind: kind, range: range, hasEscapes: hasEscapes, next: tokens.count + 1))
    }

    private mutating func readList(_ depth: Int) throws(RulesValue.Problem) {
        let number = tokens.count
        add(.list, index..<index + 1)
        index += 1
        if takes("]") { return }
        repeat { try readValue(depth + 1) } while takes(",")
        guard takes("]") else { throw .syntax(index) }
        tokens[number].next = tokens.count
    }

    private mutating func readObject(_ depth: Int) throws(RulesValue.Problem) {
        let number = tokens.count
        add(.object, index..<index + 1)
        index += 1
        if takes("}") { return }
        repeat {
            skipBlanks()
            let start = index
            let name = tokens.count
            try readText()
            guard !tokens[name].hasEscapes, !isKnown(name, in: number) else {
                throw .syntax(start)
            }
            guard takes(":") else { throw .syntax(index) }
            try readValue(depth + 1)
        } while takes(",")
        guard takes("}") else { throw .syntax(index) }
        tokens[number].next = tokens.count
    }

    /// Whether an object has the name of a member already.
    private func isKnown(_ name: Int, in object: Int) -> Bool {
        var other = object + 1
        let range = tokens[name].range
        while other < name {
            let known = tokens[other].range
            if known.count == range.count, bytes[known].elementsEqual(bytes[range]) { return true }
            other = tokens[other + 1].next
        }
        return false
    }

    private mutating func readNumber() throws(RulesValue.Problem) {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let first = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        guard (1...18).contains(index - first) else { throw .syntax(start) }
        add(.number, start..<index)
    }

    private mutating func readWord() throws(RulesValue.Problem) {
        let start = index
        while index < bytes.count, bytes[index].isASCIILower { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        guard ["null", "true", "false"].contains(word) else { throw .syntax(start) }
        add(.word, start..<index)
    }

    private mutating func readText() throws(RulesValue.Problem) {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw .syntax(index) }
        let start = index + 1
        let (end, hasEscapes, isASCII) = try Self.endOfText(in: bytes.span, from: start)
        // Text that is no UTF-8 is no JSON either; outside of texts there is nothing but ASCII.
        if !isASCII, String(validating: bytes[start..<end], as: UTF8.self) == nil {
            throw .syntax(start)
        }
        index = end + 1
        add(.text, start..<end, hasEscapes: hasEscapes)
    }

    private static func endOfText(
        in bytes: Span<UInt8>, from start: Int
    ) throws(RulesValue.Problem) -> (end: Int, hasEscapes: Bool, isASCII: Bool) {
        var end = start
        var hasEscapes = false
        var all: UInt8 = 0
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] >= 0x20 else { throw .syntax(end) }
            all |= bytes[end]
            if bytes[end] == UInt8(ascii: "\\") {
                hasEscapes = true
                end = try escape(in: bytes, at: end).end
            } else {
                end += 1
            }
        }
        guard end < bytes.count else { throw .syntax(end) }
        return (end, hasEscapes, all < 0x80)
    }

    /// What an escape stands for, and where it ends.
    static func escape(
        in bytes: Span<UInt8>, at start: Int
    ) throws(RulesValue.Problem) -> (scalar: Unicode.Scalar, end: Int) {
        guard start + 1 < bytes.count else { throw .syntax(start) }
        let sign = bytes[start + 1]
        let scalar: Unicode.Scalar
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = .init(sign)
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try codePoint(in: bytes, at: start)
        default: throw .syntax(start)
        }
        return (scalar, start + 2)
    }

    /// Four hexadecimal digits; two escapes where they are the halves of a pair.
    private static func codePoint(
        in bytes: Span<UInt8>, at start: Int
    ) throws(RulesValue.Problem) -> (scalar: Unicode.Scalar, end: Int) {
        var units = [try unit(in: bytes, at: start + 2)]
        var end = start + 6
        if UTF16.isLeadSurrogate(units[0]), end + 1 < bytes.count,
            bytes[end] == UInt8(ascii: "\\"), bytes[end + 1] == UInt8(ascii: "u")
        {
            units.append(try unit(in: bytes, at: end + 2))
            end += 6
        }
        guard let text = String(validating: units, as: UTF16.self),
            let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
        else { throw .syntax(start) }
        return (scalar, end)
    }

    private static func unit(
        in bytes: Span<UInt8>, at start: Int
    ) throws(RulesValue.Problem) -> UInt16 {
        var unit: UInt16 = 0
        for index in start..<start + 4 {
            guard index < bytes.count, let digit = bytes[index].hexValue else {
                throw .syntax(start)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }
}
