/// A value that an engine or a model provider gives its own meaning: a setting or a parameter.
public enum SettingValue: Hashable, Sendable {
    /// A text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A finite number that is not whole, or written with a fraction or an exponent.
    case number(Double)
    /// `true` or `false`.
    case bool(Bool)
    /// A list of such values.
    case list([SettingValue])

    /// Reads a value: plain `true` and `false` and plain numbers in the grammar of JSON have their
    /// types, everything else is text. `0x1F`, `yes`, `1_000` and `012` are text.
    package init?(_ node: YamlNode, for key: String, log: FindingLog) {
        switch node.content {
        case .scalar(let text, isPlain: false): self = .string(text)
        case .scalar(let text, isPlain: true):
            if node.isNull {
                node.wrongType(for: key, expected: "a value", log: log)
                return nil
            }
            if text == "true" || text == "false" {
                self = .bool(text == "true")
            } else if Self.isNumber(text) {
                guard let number = SettingValue(plainNumber: text) else {
                    log.malformed(
                        "number-out-of-range", at: node.mark, "'\(key)' is too large a number",
                        hint: "put it in quotes if it is a text")
                    return nil
                }
                self = number
            } else {
                self = .string(text)
            }
        case .sequence(let items):
            let values = items.compactMap { SettingValue($0, for: key, log: log) }
            guard values.count == items.count else { return nil }
            self = .list(values)
        case .mapping:
            node.wrongType(
                for: key, expected: "a text, number, boolean or list", log: log,
                hint: "write one flat key for each value")
            return nil
        }
    }

    /// Reads a number in the grammar of JSON; nil for another text and beyond the range.
    init?(plainNumber text: String) {
        guard Self.isNumber(text) else { return nil }
        if text.utf8.allSatisfy({ $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }) {
            guard let number = Int(text) else { return nil }
            self = .integer(number)
        } else {
            guard let number = Double(text), number.isFinite else { return nil }
            self = .number(number)
        }
    }

    /// Whether a text is a number of RFC 8259: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func skipDigits() -> Int {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            rest = rest.dropFirst(digits.count)
            return digits.count
        }
        if rest.first == 0x2D { rest = rest.dropFirst() }
        let startsWithZero = rest.first == 0x30
        let whole = skipDigits()
        guard whole > 0, !(startsWithZero && whole > 1) else { return false }
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            guard skipDigits() > 0 else { return false }
        }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension SettingValue: Encodable {
    /// Writes the value as it is in JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .bool(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        }
    }
}

extension SettingValue: CustomStringConvertible {
    /// The value on one line, as a flow of YAML has it; texts stand without quotes.
    public var description: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): number.description
        case .bool(let value): String(value)
        case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
        }
    }
}
