/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Random documents: pieces of YAML thrown together, and whole documents with a piece damaged.
struct RandomYaml {
    private static let pieces = [
        "a", "key", "x y", "no", "1.10", "~", "é", "日本", "-1", "a:b", "a#b", " #c", "\"q\"", "'s'",
        "\"\\n\"", "\"\\x41\"", "''''", "\"\"", "[", "]", "{", "}", ",", ", ", ": ", ":", "- ", "-",
        "? ",
        "|", ">", "|-", ">+", "|2", "\n", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n- ", "\n  - ",
        "\n\n",
        "\t", " ", "%", "@", "*a", "&a ", "!t ", "k: ", "k2: ", "j:", "z: |\n", "\r\n", "[a, b]",
        "{a: b}", "{\"a\":b}", "[a,]", "\"a\n b\"", "'a\n\n b'", "...", "---", "\\",
    ]
    private static let scalars = [
        "a", "no", "1.10", "\"x: y\"", "'it''s'", "[a, {b: c}]", "{a: [1, 2], \"b\":c}", "a b # c",
        "x#y", "http://a/b:c", "\"\\u3042\\t\"", "", "# c", "[\n a,\n  b ]", "a - b", "-x", "日本 語",
    ]
    private static let blocks = [
        "|\n%l1\n%  l2\n\n%l3", ">\n%f1\n%f2\n\n% more\n%f3\n", ">-\n%f1\n\n\n%f2\n", "|+\n%k\n\n",
        "a\n%b\n\n% c # z", "\"a\n%b \\\n%c\n\n% d\"", "|\n\n%x", ">\n%a\n% b\n% c\n\n%d",
    ]

    private var numbers: SeededNumbers

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    /// The next document.
    mutating func next() -> String {
        if chance(30) {
            let count = Int.random(in: 1...14, using: &numbers)
            return (0..<count).map { _ in pick(Self.pieces) }.joined()
        }
        let text = value(depth: 0, indent: 0)
        return chance(50) ? damaged(text) : text
    }

    private mutating func value(depth: Int, indent: Int) -> String {
        let spaces = String(repeating: " ", count: indent)
        if depth > 3 || chance(25) { return scalar(indent) }
        let count = Int.random(in: 1...3, using: &numbers)
        if chance(60) {
            let keys = ["a", "b", "c d", "\"q\"", "'s'", "é", "x-1", "k.k"].shuffled(
                using: &numbers)
            return keys.prefix(count).map { spaces + $0 + ":" + entry(depth, indent) }
                .joined(separator: "\n")
        }
        return (0..<count).map { _ in
            if chance(50) { return spaces + "- " + scalar(indent) }
            if chance(60) {
                return spaces + "- "
                    + String(value(depth: depth + 1, indent: indent + 2).drop { $0 == " " })
            }
            return spaces + "-\n" + nested(depth, indent + 2)
        }.joined(separator: "\n")
    }

    private mutating func entry(_ depth: Int, _ indent: Int) -> String {
        if chance(45) { return " " + scalar(indent) }
        if chance(70) { return "\n" + nested(depth, indent + pick([1, 2, 4])) }
        return pick(["", " ", "  # c", "\n\n", "\n# c"])
    }

    private mutating func nested(_ depth: Int, _ indent: Int) -> String {
        let text = value(depth: depth + 1, indent: indent)
        let spaces = String(repeating: " ", count: indent)
        return text.hasPrefix(spaces) ? text : spaces + text
    }

    private mutating func scalar(_ indent: Int) -> String {
        if chance(70) { return pick(Self.scalars) }
        return pick(Self.blocks).replacing(
            "%", with: String(repeating: " ", count: indent + pick([1, 2, 3])))
    }

    private mutating func damaged(_ text: String) -> String {
        var characters = Array(text)
        guard !characters.isEmpty else { return text }
        let place = Int.random(in: 0..<characters.count, using: &numbers)
        if chance(40) {
            characters.insert(contentsOf: pick(Self.pieces), at: place)
        } else {
            characters.remove(at: place)
        }
        return String(characters)
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &numbers) < percent
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &numbers)]
    }
}
