import BundleModel
import Testing

/// Documents made to cost memory or time. A time limit is the test: without the rules for these,
/// some of them run for minutes or end the process.
@Suite("costly YAML documents", .timeLimit(.minutes(1)))
struct YamlBoundsTests {
    private static func times(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    private static let aliases =
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + (1...40).map { "a\($0): &a\($0) [\(times("*a\($0 - 1), ", 9))]\n" }.joined()

    @Test(
        "nesting deeper than 64 levels is refused at the first level too many",
        arguments: [
            (times("[", 65) + times("]", 65), 1, 65),
            (times("{a: ", 65) + times("}", 65), 1, 257),
            (times("- ", 65) + "a", 1, 129),
            ((0..<65).map { times(" ", $0) + "a:\n" }.joined(), 65, 65),
            ("x: y\nz: " + times("[", 64) + times("]", 64), 2, 67),
            (times("[", 900) + times("]", 900), 1, 65),
        ])
    func nesting(text: String, line: Int, column: Int) {
        let log = FindingLog(path: "a.yaml")
        #expect(YamlDocument.read(Array(text.utf8), log: log) == nil)
        #expect(log.findings.map(\.rule) == ["nesting-too-deep"])
        #expect(log.findings.first?.code == .limitExceeded)
        #expect(log.findings.first?.line == line)
        #expect(log.findings.first?.column == column)
    }

    @Test(
        "100,000 levels are refused without recursion",
        arguments: ["[", "{", "- ", "[{", "{a: ", "[a, "])
    func extremeNesting(opening: String) {
        let log = FindingLog(path: "a.yaml")
        #expect(YamlDocument.read(Array(Self.times(opening, 100_000).utf8), log: log) == nil)
        #expect(log.findings.map(\.code) == [.limitExceeded])
        #expect(log.findings.first?.line == 1)
    }

    @Test(
        "keys that would be compared for minutes are refused",
        arguments: [
            aliases, aliases + "? *a40\n: x\n", aliases + "*a40 : x\n",
            aliases + "b: {[*a40]: x}\n", times("? ", 100_000),
            times("? ", 900) + "[" + times("a,", 500_000) + "]",
            "[" + times(times("{", 200) + "a" + times(":1}", 200) + ",\n", 1200) + "]",
            times("a: 1\n", 20_000),
        ])
    func keys(text: String) {
        let (value, findings) = read(text)
        #expect(value == nil)
        #expect(!findings.isEmpty)
        #expect(findings.count <= 100)
    }

    @Test(
        "large documents within the limit are read",
        arguments: [
            times("a", 1 << 20), "\"" + times("\\x61", 100_000) + "\"",
            "|\n" + times(" a\n", 100_000), times("-\n", 50_000), times("\n", 500_000) + "a",
            (0..<10_000).map { "k\($0): 1\n" }.joined(),
            "a: |\n" + times("  what ? *this* is [a]: b\n", 10_000),
            "é: [" + times("a,", 400_000) + "]", "é: {" + shortKeys(60_000) + "}",
        ])
    func large(text: String) {
        let log = FindingLog(path: "a.yaml")
        #expect(YamlDocument.read(Array(text.utf8), log: log) != nil)
        #expect(log.findings == [])
    }

    private static func shortKeys(_ count: Int) -> String {
        (0..<count).map { "k\($0): 1" }.joined(separator: ", ")
    }

    @Test(
        "places far out in a line that is not ASCII are exact", arguments: [0, 1, 250, 251, 9999])
    func farColumn(count: Int) {
        let log = FindingLog(path: "a.yaml")
        let text = "ü: 1\né: [" + Self.times("あ𠮷,", count) + "&x b]\nä: !t c\n"
        _ = YamlDocument.read(Array(text.utf8), log: log)
        #expect(log.findings.map(\.line) == [2, 3])
        #expect(log.findings.map(\.column) == [5 + 3 * count, 4])
    }

    @Test("a document over the limit is refused before it is read")
    func size() {
        let log = FindingLog(path: "a.yaml")
        let limits = ContentLimits(documentBytes: 16)
        #expect(YamlDocument.read(Array("a: 0123456789012".utf8), limits: limits, log: log) != nil)
        #expect(log.findings == [])
        #expect(YamlDocument.read(Array("a: 01234567890123".utf8), limits: limits, log: log) == nil)
        #expect(log.findings.map(\.rule) == ["document-too-large"])
        #expect(log.findings.map(\.code) == [.limitExceeded])
    }
}
