internal import BundleModel

/// A value in one line of YAML: lists and maps in brackets, every text in double quotes.
struct YamlFlowText {
    /// The document; nil when a key is too long for libyaml, which looks 1,024 characters ahead
    /// for the colon.
    private(set) var bytes: [UInt8]? = []

    private static let maximumKeyBytes = 1000

    init(_ root: YamlNode) {
        write(root)
        write("\n")
    }

    private mutating func write(_ node: YamlNode) {
        switch node.content {
        case .scalar(let text, _): write(Self.quoted(text))
        case .sequence(let items):
            write("[")
            for (index, item) in items.enumerated() {
                if index > 0 { write(", ") }
                write(item)
            }
            write("]")
        case .mapping(let entries):
            write("{")
            for (index, entry) in entries.enumerated() {
                if index > 0 { write(", ") }
                let key = Self.quoted(entry.key)
                if key.utf8.count > Self.maximumKeyBytes { bytes = nil }
                write(key)
                write(": ")
                write(entry.value)
            }
            write("}")
        }
    }

    private mutating func write(_ text: String) { bytes?.append(contentsOf: text.utf8) }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if isInvisible(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
