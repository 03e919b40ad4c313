import Testing

@testable import BundleModel

@Suite("Hostile texts are read to their end in bounded memory")
struct HostileTextTests {
    static let units: [(String, TextKind)] = [
        ("[", .yaml), ("{", .yaml), ("- ", .yaml), ("? ", .yaml), ("{a: ", .yaml), ("\"", .yaml),
        ("'", .yaml), ("a: \n", .yaml), ("- - a\n", .yaml), ("&a ", .yaml), ("!", .yaml),
        ("*a ", .yaml), ("|", .yaml), ("\u{0}", .yaml), (" ", .yaml), ("\t", .yaml),
        ("\n", .yaml), ("#", .yaml), (":", .yaml), ("a: \"\\", .yaml), ("---\n", .yaml),
        ("\r", .yaml), ("[", .json), ("{\"a\":", .json), ("\"\\", .json), ("/*", .json),
        ("//", .json), ("]", .json), (",", .json), ("[", .toml), ("a.", .toml), ("a=[", .toml),
        ("a={b=", .toml), ("'''", .toml), ("\"\"\"", .toml), ("=", .toml), ("}", .toml),
        ("\\\n", .settings), ("[", .settings), ("=", .settings), ("machine ", .settings),
        ("---\n", .markdown), ("- a: ", .markdown),
    ]

    @Test("one thing, to the end of a long text", arguments: units)
    func repeated(unit: String, kind: TextKind) {
        let text = Array(String(repeating: unit, count: 150_000 / unit.utf8.count).utf8)
        var reader = StructuredReader(kind)
        var longest = 0
        var deepest = 0
        var start = 0
        while start < text.count {
            let end = min(text.count, start + 65_536)
            reader.read(text[start..<end], isLast: end == text.count) {
                longest = max(longest, $0.text.count)
                deepest = max(deepest, $0.keys.count)
            }
            start = end
        }
        #expect(longest <= StructuredReader.longestValue)
        #expect(deepest <= 80)
    }

    @Test("100,000 levels keep the keys that fit, and what follows is read")
    func levels() {
        let text =
            String(repeating: "{\"a\":", count: 100_000) + "1"
            + String(repeating: "}", count: 100_000) + "\n{\"b\": \"last\"}"
        let values = ReadValues.of(text, .json)
        #expect(values.last?.text == Array("last".utf8))
        #expect(values.last?.keys == [Array("b".utf8)])
    }

    @Test("of a long key its end is kept, and values under it cost no more")
    func longKeys() {
        let key = String(repeating: "k", count: 200_000) + ".password"
        let text = "\(key):\n" + String(repeating: "  pw: a9\n", count: 2_000)
        let values = ReadValues.of(text, .yaml)
        #expect(values.count == 4_001)
        #expect(values.allSatisfy { $0.keys.allSatisfy { $0.count <= ValueSink.longestKey } })
        #expect(values.last?.keys.first == Array(key.utf8.suffix(ValueSink.longestKey)))
        let found = BoundaryScan.findings(in: Array("\(key):\n- hunter2".utf8), path: "a.yaml")
        #expect(found.map(\.rule) == ["secret-literal"])
    }

    @Test("brackets around a mapping do not hide its keys")
    func brackets() {
        let text = String(repeating: "[", count: 500) + "{\"password\": {\"value\": \"hunter2\"}}"
        let found = BoundaryScan.findings(in: Array(text.utf8), path: "a.json")
        #expect(found.map(\.column) == [524])
    }

    @Test("bytes that are no UTF-8 pass through")
    func invalid() {
        let values = ReadValues.of(Array("a: ".utf8) + [0xFF, 0xC0, 0x00, 0xFE], .yaml)
        #expect(values.last?.text == [0xFF, 0xC0, 0x00, 0xFE])
    }
}
