/// Text from outside, made safe to show on a terminal or in a log.
public enum DisplayText {
    /// Replaces control, bidirectional and other invisible characters by `\u{…}`.
    public static func escape(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDisturbing) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if isDisturbing(scalar) {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// At most the first four characters of a value that must not be shown whole.
    public static func excerpt(_ value: String) -> String {
        let head = escape(String(value.prefix(4)))
        return value.count > 4 ? "\(head)…" : head
    }

    static func isDisturbing(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
