/// Characters that a YAML document must not contain, written out or as an escape.
enum YamlCharacter {
    /// The rule and what is wrong with a character that stands in the file itself.
    static func problem(with scalar: Unicode.Scalar) -> (rule: String, problem: String)? {
        switch scalar.value {
        case 0x2028, 0x2029:
            return ("control-character", "ends a line for some readers of YAML only")
        case 0xFEFF: return ("control-character", "is a byte order mark inside the document")
        case 0x202A...0x202E, 0x2066...0x2069:
            return ("bidi-character", "changes the order in which the file is shown in a review")
        default:
            return isControl(scalar) ? ("control-character", "is a control character") : nil
        }
    }

    /// Whether a character is refused even when it is written as an escape.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// The first character of a text that is refused even when it is written as an escape.
    static func firstControl(in text: String) -> Unicode.Scalar? {
        let isSuspicious = text.utf8.contains {
            ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A) || $0 == 0x7F || $0 == 0xC2 || $0 == 0xEF
        }
        return isSuspicious ? text.unicodeScalars.first(where: isControl) : nil
    }

    /// Whether a double-quoted scalar begins with the escape for a byte order mark.
    ///
    /// Foundation's decoding, which Yams uses, drops that character at the start of a text, so it
    /// could not be given back as it was written.
    static func opensWithByteOrderMark(_ source: ArraySlice<UInt8>) -> Bool {
        let start = source.prefix(11).map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }
        return start.starts(with: Array(#""\UFEFF"#.utf8))
            || start.elementsEqual(Array(#""\U0000FEFF"#.utf8))
    }

    /// `U+001B`.
    static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
