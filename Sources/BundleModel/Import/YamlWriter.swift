/// Writes a document of texts and flat maps, such that every reader of YAML gets back the same.
struct YamlWriter {
    private var text = ""

    /// A line is filled up to this width when it may be broken.
    private static let width = 98

    /// Starts a document with its schema.
    init(schema: String) {
        add("schema", schema)
    }

    /// The document.
    var bytes: [UInt8] { Array(text.utf8) }

    /// Adds a key with a text.
    mutating func add(_ key: String, _ value: String) {
        let scalar = YamlScalar(value)
        text += "\(YamlScalar(key).inline):"
        if let (lines, endsLine) = scalar.literalLines {
            text += endsLine ? " |\n" : " |-\n"
            for line in lines { text += line.isEmpty ? "\n" : "  \(line)\n" }
        } else if key.utf8.count + value.count > Self.width, let words = scalar.foldableWords {
            text += " >-\n"
            for line in Self.fill(words) { text += "  \(line)\n" }
        } else {
            text += " \(scalar.inline)\n"
        }
    }

    /// Adds a key with a map of texts; nothing when it is empty.
    mutating func add(_ key: String, _ pairs: [(key: String, value: String)]) {
        add(key, lines: pairs.map { ($0.key, YamlScalar($0.value).inline) })
    }

    /// Adds a key with a map of numbers in the grammar of JSON; nothing when it is empty.
    mutating func add(_ key: String, numbers: [(key: String, number: String)]) {
        add(key, lines: numbers.map { ($0.key, $0.number) })
    }

    private mutating func add(_ key: String, lines: [(key: String, written: String)]) {
        if lines.isEmpty { return }
        text += "\(YamlScalar(key).inline):\n"
        for line in lines { text += "  \(YamlScalar(line.key).inline): \(line.written)\n" }
    }

    private static func fill(_ words: [String]) -> [String] {
        var lines: [String] = []
        var line = ""
        var length = 0
        for word in words {
            let count = word.count
            if length > 0, length + 1 + count > width - 2 {
                lines.append(line)
                (line, length) = (word, count)
            } else {
                line += length > 0 ? " \(word)" : word
                length += count + (length > 0 ? 1 : 0)
            }
        }
        lines.append(line)
        return lines
    }
}
