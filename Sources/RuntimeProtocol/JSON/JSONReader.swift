internal import BundleModel

/// Reads JSON as RFC 8259 writes it, and stricter: one value in UTF-8, every name of an object once,
/// at most ``maximumDepth`` levels, and so many values as its reader says.
struct JSONReader {
    /// Levels of objects and lists in each other; no document of the protocol has more than eight.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var place = 0
    private var left: Int

    /// Reads a document; throws `invalid_request`, and `limit_exceeded` for one of more values than
    /// this: a value in memory is many times its bytes.
    static func read(
        _ bytes: [UInt8], atMost maximumValues: Int
    ) throws(SheafError) -> JSONValue {
        var reader = JSONReader(bytes: bytes, left: maximumValues)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.malformed("more than one value") }
        return value
    }

    private init(bytes: [UInt8], left: Int) {
        self.bytes = bytes
        self.left = left
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            place += 1
        }
    }

    private mutating func value(depth: Int) throws(SheafError) -> JSONValue {
        skipSpace()
        left -= 1
        guard left >= 0 else {
            throw SheafError(
                .limitExceeded, "the JSON has more values than any document of the protocol")
        }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(
        _ word: String, _ value: JSONValue
    ) throws(SheafError) -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw malformed("an unknown word") }
        place += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(SheafError) -> JSONValue {
        try requireDepth(depth)
        var fields: [String: JSONValue] = [:]
        place += 1
        skipSpace()
        if take("}") { return .object(fields) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed("a field without a name") }
            let name = try text()
            skipSpace()
            guard take(":") else { throw malformed("a field without a value") }
            let value = try value(depth: depth)
            guard fields.updateValue(value, forKey: name) == nil else {
                throw SheafError(
                    .invalidRequest, "the field '\(Self.shown(name))' is there twice",
                    details: ["field": Self.shown(name)])
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw malformed("an object without an end") }
        return .object(fields)
    }

    private mutating func array(depth: Int) throws(SheafError) -> JSONValue {
        try requireDepth(depth)
        var values: [JSONValue] = []
        place += 1
        skipSpace()
        if take("]") { return .array(values) }
        repeat {
            values.append(try value(depth: depth))
            skipSpace()
        } while take(",")
        guard take("]") else { throw malformed("a list without an end") }
        return .array(values)
    }

    private mutating func number() throws(SheafError) -> String {
        let start = place
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() throws(SheafError) {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        if place == start { throw malformed("neither a value nor a number") }
    }

    private mutating func text() throws(SheafError) -> String {
        place += 1
        var text: [UInt8] = []
        // Grown in steps, a long text would take twice its bytes.
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "\"")) ?? place
        text.reserveCapacity(end - place)
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else {
                    throw malformed("a text that is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): text += try escaped()
            case 0..<0x20: throw malformed("a control character in a text")
            default: text.append(byte)
            }
        }
        throw malformed("a text without an end")
    }

    private mutating func escaped() throws(SheafError) -> [UInt8] {
        guard let byte = next else { throw malformed("a text without an end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let first = try unit()
            guard UTF16.isLeadSurrogate(first) else { return try bytes(of: [first]) }
            guard take("\\"), take("u") else { throw malformed("half a character") }
            return try bytes(of: [first, try unit()])
        default: throw malformed("an unknown escape")
        }
    }

    private func bytes(of units: [UInt16]) throws(SheafError) -> [UInt8] {
        guard let text = String(validating: units, as: UTF16.self) else {
            throw malformed("half a character")
        }
        return Array(text.utf8)
    }

    private mutating func unit() throws(SheafError) -> UInt16 {
        let end = min(place + 4, bytes.count)
        let digits = String(decoding: bytes[place..<end], as: UTF8.self)
        guard digits.utf8.count == 4, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
            let unit = UInt16(digits, radix: 16)
        else { throw malformed("an unknown escape") }
        place = end
        return unit
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private func requireDepth(_ depth: Int) throws(SheafError) {
        guard depth <= Self.maximumDepth else {
            throw SheafError(
                .invalidRequest, "the JSON has more than \(Self.maximumDepth) levels")
        }
    }

    private func malformed(_ what: String) -> SheafError {
        SheafError(
            .invalidRequest, "this is not the JSON that it should be: \(what)",
            details: ["byte": String(place)])
    }

    /// A name from outside, as far as it may be shown.
    static func shown(_ name: String) -> String { DisplayText.escape(String(name.prefix(64))) }
}
