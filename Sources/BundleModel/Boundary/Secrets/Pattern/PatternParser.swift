/// Why a pattern of `boundary-rules.json` cannot be read.
struct PatternError: Error, Hashable {
    let pattern: [UInt8]
    let offset: Int
}

/// Reads the text of a ``Pattern``.
struct PatternParser {
    private let bytes: [UInt8]
    private var position = 0
    private var isFolded = false
    private static let signs = ByteSet(ascii: "?+*{}.^$")

    static func parse(_ text: [UInt8]) throws(PatternError) -> Pattern {
        var parser = PatternParser(text)
        return try parser.pattern()
    }

    /// The literal texts that every match of a pattern starts with, as ``Pattern/prefixes``, without
    /// reading more of it than they need.
    static func prefixes(of text: [UInt8]) throws(PatternError) -> [[UInt8]] {
        var parser = PatternParser(text)
        guard !parser.hasOuterChoice else { return try parser.pattern().prefixes }
        parser.isFolded = parser.take("(?i)")
        _ = try parser.startAssertion()
        var texts = [parser.takeLetters()]
        while parser.hasMoreParts,
            try parser.repetition().extend(&texts, limit: Pattern.mostPrefixes)
        {}
        return texts
    }

    /// Takes the letters, digits and `_` that a pattern goes on with, in lower case: nearly all of
    /// what it starts with. The last one before another sign is left, which may say how often it is.
    private mutating func takeLetters() -> [UInt8] {
        var end = position
        while end < bytes.count, bytes[end].isASCIIAlphanumeric || bytes[end] == 0x5F { end += 1 }
        if end < bytes.count { end -= 1 }
        guard end > position else { return [] }
        defer { position = end }
        return bytes[position..<end].map { $0.asciiFolded }
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func pattern() throws(PatternError) -> Pattern {
        isFolded = take("(?i)")
        let notBefore = try startAssertion()
        var notAfter = ByteSet()
        let node = try choice()
        if take("\\b") {
            notAfter = .alphanumerics
        } else if take("(?!") {
            notAfter = try closedClass()
        }
        guard position == bytes.count else { throw failure }
        let parts: [Pattern.Node] = if case .sequence(let parts) = node { parts } else { [node] }
        return Pattern(parts: parts, notBefore: notBefore, notAfter: notAfter)
    }

    private mutating func startAssertion() throws(PatternError) -> ByteSet {
        if take("\\b") { return .alphanumerics }
        return take("(?<!") ? try closedClass() : ByteSet()
    }

    /// Whether a `|` stands outside of all groups and classes.
    private var hasOuterChoice: Bool {
        var depth = 0
        var isInClass = false
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "(") where !isInClass: depth += 1
            case UInt8(ascii: ")") where !isInClass: depth -= 1
            case UInt8(ascii: "|") where !isInClass && depth == 0: return true
            default: break
            }
            index += 1
        }
        return false
    }

    /// Whether a sequence goes on.
    private var hasMoreParts: Bool {
        guard let next else { return false }
        return next != UInt8(ascii: "|") && next != UInt8(ascii: ")") && !isAtEndAssertion
    }

    private mutating func choice() throws(PatternError) -> Pattern.Node {
        var branches = [try sequence()]
        while takeSign("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> Pattern.Node {
        var parts: [Pattern.Node] = []
        while hasMoreParts { parts.append(try repetition()) }
        return .sequence(parts)
    }

    private mutating func repetition() throws(PatternError) -> Pattern.Node {
        let node = try atom()
        if takeSign("?") { return .repeated(node, atLeast: 0, atMost: 1) }
        if takeSign("+") { return .repeated(node, atLeast: 1, atMost: nil) }
        guard takeSign("{") else { return node }
        let atLeast = try number()
        var atMost: Int? = atLeast
        if takeSign(",") { atMost = next == UInt8(ascii: "}") ? nil : try number() }
        guard takeSign("}"), atMost.map({ $0 >= atLeast && $0 > 0 }) ?? true else { throw failure }
        return .repeated(node, atLeast: atLeast, atMost: atMost)
    }

    private mutating func atom() throws(PatternError) -> Pattern.Node {
        if takeSign("(") {
            let node = try choice()
            guard takeSign(")") else { throw failure }
            return node
        }
        if next == UInt8(ascii: "[") { return .bytes(try byteClass()) }
        return .bytes(folded(try single()))
    }

    /// One byte, or the class that an escape names.
    private mutating func single() throws(PatternError) -> ByteSet {
        guard let byte = next else { throw failure }
        position += 1
        guard byte == UInt8(ascii: "\\") else {
            guard !Self.signs.contains(byte) else { throw failure }
            return ByteSet([byte])
        }
        guard let escaped = next else { throw failure }
        position += 1
        switch escaped {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "w"): return .word
        case UInt8(ascii: "s"): return ByteSet(ascii: " \t\r\n")
        case UInt8(ascii: "n"): return ByteSet(ascii: "\n")
        case UInt8(ascii: "t"): return ByteSet(ascii: "\t")
        default:
            guard !escaped.isASCIIAlphanumeric else { throw failure }
            return ByteSet([escaped])
        }
    }

    private mutating func byteClass() throws(PatternError) -> ByteSet {
        guard takeSign("[") else { throw failure }
        let isNegated = takeSign("^")
        var set = ByteSet()
        while let byte = next, byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: "\\") {
                set = set.union(try single())
                continue
            }
            position += 1
            if next == UInt8(ascii: "-"), position + 1 < bytes.count,
                bytes[position + 1] != UInt8(ascii: "]")
            {
                let last = bytes[position + 1]
                guard last >= byte else { throw failure }
                set = set.union(ByteSet(byte...last))
                position += 2
            } else {
                set.insert(byte)
            }
        }
        guard take("]"), !set.isEmpty else { throw failure }
        set = folded(set)
        return isNegated ? set.complement : set
    }

    private mutating func closedClass() throws(PatternError) -> ByteSet {
        let set = try byteClass()
        guard takeSign(")") else { throw failure }
        return set
    }

    private mutating func number() throws(PatternError) -> Int {
        var value = 0
        let start = position
        while let byte = next, byte.isASCIIDigit, value <= 1_000 {
            value = value * 10 + Int(byte - 0x30)
            position += 1
        }
        guard position > start, value <= 1_000 else { throw failure }
        return value
    }

    private func folded(_ set: ByteSet) -> ByteSet { isFolded ? set.caseFolded : set }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var isAtEndAssertion: Bool {
        guard let next, next == UInt8(ascii: "\\") || next == UInt8(ascii: "(") else {
            return false
        }
        let rest = bytes[position...]
        return rest.elementsEqual("\\b".utf8) || rest.starts(with: "(?!".utf8)
    }

    private mutating func takeSign(_ sign: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }

    private mutating func take(_ text: String) -> Bool {
        guard next == text.utf8.first, bytes[position...].starts(with: text.utf8) else {
            return false
        }
        position += text.utf8.count
        return true
    }

    private var failure: PatternError { PatternError(pattern: bytes, offset: position) }
}
