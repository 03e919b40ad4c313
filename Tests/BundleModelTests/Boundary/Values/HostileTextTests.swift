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

    @Test("bytes that are no UTF-8 pass through")
    func invalid() {
        let values = ReadValues.of(Array("a: ".utf8) + [0xFF, 0xC0, 0x00, 0xFE], .yaml)
        #expect(values.last?.text == [0xFF, 0xC0, 0x00, 0xFE])
    }
}
