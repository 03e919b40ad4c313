/// Reads the JSON of ``RulesValue`` from its first byte to its last.
struct RulesReader {
    private let bytes: [UInt8]
    private var index = 0
    /// Collections in each other, at most.
    private static let deepest = 16

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func readAll() throws(RulesValue.Problem) -> RulesValue {
        let value = try readValue(0)
        skipBlanks()
        guard index == bytes.count else { throw .syntax(index) }
        return value
    }

    private mutating func readValue(_ depth: Int) throws(RulesValue.Problem) -> RulesValue {
        skipBlanks()
        guard depth < Self.deepest, index < bytes.count else { throw .syntax(index) }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .text(try readText())
        case UInt8(ascii: "["): return .list(try readList(depth))
        case UInt8(ascii: "{"): return .object(try readObject(depth))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try readNumber())
        default: return .word(try readWord())
        }
    }

    private mutating func readList(_ depth: Int) throws(RulesValue.Problem) -> [RulesValue] {
        var values: [RulesValue] = []
        index += 1
        if takes("]") { return values }
        repeat { values.append(try readValue(depth + 1)) } while takes(",")
        guard takes("]") else { throw .syntax(index) }
        return values
    }

    private mutating func readObject(
        _ depth: Int
    ) throws(RulesValue.Problem) -> [String: RulesValue] {
        var members: [String: RulesValue] = [:]
        index += 1
        if takes("}") { return members }
        repeat {
            skipBlanks()
            let start = index
            let name = try readText()
            guard takes(":") else { throw .syntax(index) }
            let value = try readValue(depth + 1)
            guard members.updateValue(value, forKey: name) == nil else { throw .syntax(start) }
        } while takes(",")
        guard takes("}") else { throw .syntax(index) }
        return members
    }

    private mutating func readNumber() throws(RulesValue.Problem) -> Int {
        let start = index
        while index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index].isASCIIDigit {
            index += 1
        }
        guard let number = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw .syntax(start)
        }
        return number
    }

    private mutating func readWord() throws(RulesValue.Problem) -> String {
        let start = index
        while index < bytes.count, bytes[index].isASCIILower { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        guard ["null", "true", "false"].contains(word) else { throw .syntax(start) }
        return word
    }

    private mutating func readText() throws(RulesValue.Problem) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw .syntax(index) }
        index += 1
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                defer { index += 1 }
                return try text(start..<index)
            case UInt8(ascii: "\\"): return try readEscaped(from: start)
            case 0..<0x20: throw .syntax(index)
            default: index += 1
            }
        }
        throw .syntax(index)
    }

    private func text(_ range: Range<Int>) throws(RulesValue.Problem) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw .syntax(range.lowerBound)
        }
        return text
    }

    /// The rest of a text that has an escape at ``index``.
    private mutating func readEscaped(from start: Int) throws(RulesValue.Problem) -> String {
        var text = try text(start..<index)
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") {
                text.unicodeScalars.append(try readEscape())
            } else {
                let plain = index
                while index < bytes.count, bytes[index] >= 0x20,
                    bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\")
                {
                    index += 1
                }
                guard index > plain else { throw .syntax(index) }
                text += try self.text(plain..<index)
            }
        }
        throw .syntax(index)
    }

    private mutating func readEscape() throws(RulesValue.Problem) -> Unicode.Scalar {
        let start = index
        guard index + 1 < bytes.count else { throw .syntax(start) }
        let sign = bytes[index + 1]
        index += 2
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Unicode.Scalar(sign)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try readCodePoint(start)
        default: throw .syntax(start)
        }
    }

    /// Four hexadecimal digits; two escapes where they are the halves of a pair.
    private mutating func readCodePoint(
        _ start: Int
    ) throws(RulesValue.Problem) -> Unicode.Scalar {
        var units = [try readUnit()]
        if UTF16.isLeadSurrogate(units[0]), index + 1 < bytes.count,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            units.append(try readUnit())
        }
        guard let text = String(validating: units, as: UTF16.self),
            let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
        else { throw .syntax(start) }
        return scalar
    }

    private mutating func readUnit() throws(RulesValue.Problem) -> UInt16 {
        guard index + 4 <= bytes.count, bytes[index..<(index + 4)].allSatisfy(\.isHexDigit),
            let unit = UInt16(
                String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
        else { throw .syntax(index) }
        index += 4
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
