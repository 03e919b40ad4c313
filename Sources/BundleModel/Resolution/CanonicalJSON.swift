/// Writes JSON in one form only: no spaces, keys sorted by their bytes, text in UTF-8 with the
/// fewest escapes, whole numbers without a point, other numbers in the shortest form that reads
/// back to the same value.
package struct CanonicalJSON {
    /// A value to write; absent members of an object are left out.
    package indirect enum Value {
        case text(String)
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        case array([Value])
        case object([String: Value?])
    }

    private(set) var bytes: [UInt8] = []

    /// A value as text.
    package static func text(_ value: Value) -> String {
        var json = CanonicalJSON()
        json.write(value)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Appends a value.
    mutating func write(_ value: Value) {
        switch value {
        case .text(let text): write(text)
        case .integer(let number): bytes += String(number).utf8
        case .number(let number): bytes += Self.text(of: number).utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .array(let values):
            bytes.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                write(value)
            }
            bytes.append(0x5D)
        case .object(let members): write(members)
        }
    }

    private mutating func write(_ members: [String: Value?]) {
        bytes.append(0x7B)
        var isFirst = true
        let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (key, value) in sorted {
            guard let value else { continue }
            if !isFirst { bytes.append(0x2C) }
            isFirst = false
            write(key)
            bytes.append(0x3A)
            write(value)
        }
        bytes.append(0x7D)
    }

    private mutating func write(_ text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x08: bytes += Array("\\b".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0C: bytes += Array("\\f".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0..<0x20:
                bytes += Array("\\u00".utf8)
                Hex.append(CollectionOfOne(byte), to: &bytes)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    private static func text(of number: Double) -> String {
        if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
        return number.description
    }
}
