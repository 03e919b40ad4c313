import BundleModel
import Testing

@Suite("What the strict meaning of YAML refuses")
struct YamlRefusalTests {
    @Test(
        "a construct is refused where it stands",
        arguments: [
            ("a: &x 1", "yaml-anchor 1:4"),
            ("&x a: 1", "yaml-anchor 1:1"),
            ("a:\n  &x\n  b: 1", "yaml-anchor 2:3"),
            ("a: [1, &x 2]", "yaml-anchor 1:8"),
            ("日本: &x 1", "yaml-anchor 1:5"),
            ("a: *x", "yaml-alias 1:4"),
            ("*x : 1", "yaml-alias 1:1"),
            ("- *x", "yaml-alias 1:3"),
            ("a: {b: *x}", "yaml-alias 1:8"),
            ("a: !!str 1", "yaml-tag 1:4"),
            ("a: ! 1", "yaml-tag 1:4"),
            ("a: !<tag:yaml.org,2002:str> 1", "yaml-tag 1:4"),
            ("- !!binary aGk=", "yaml-tag 1:3"),
            ("<<: {a: 1}", "yaml-merge-key 1:1"),
            ("a: {<<: {b: 1}}", "yaml-merge-key 1:5"),
            ("%YAML 1.2\n---\na: 1", "yaml-directive 1:1"),
            ("# c\n%TAG ! tag:x,2000:\n---\na: 1", "yaml-directive 2:1"),
            ("a: 1\n---\nb: 2", "second-document 2:1"),
            ("---\na: 1\n---", "second-document 3:1"),
            ("a: 1\n...\nb: 2", "second-document 3:1"),
            ("", "empty-document 1:1"),
            ("# only a comment\n", "empty-document 1:1"),
            ("---\n", "empty-document 1:1"),
            ("a: 1\na: 2", "duplicate-key 2:1"),
            ("\"a\": 1\nb: 1\n\"\\x61\": 2", "duplicate-key 3:1"),
            ("'a': 1\n\"a\": 2", "duplicate-key 2:1"),
            ("a: {b: 1, c: 2, b: 3}", "duplicate-key 1:17"),
            ("é: 1\ne\u{301}: 2", "duplicate-key 2:1"),
            ("? a\n: 1", "yaml-complex-key 1:1"),
            ("[a, b]: 1", "yaml-complex-key 1:7"),
            ("{a: 1}: 1", "yaml-complex-key 1:7"),
            ("a: {[b]: 1}", "yaml-complex-key 1:5"),
            (": 1", "empty-key 1:1"),
            ("a: {: 1}", "empty-key 1:5"),
            ("a:\n\tb: 1", "tab-indentation 2:1"),
            ("a: |\n\tb", "tab-indentation 2:1"),
            ("-\ta: 1", "tab-indentation 1:2"),
            ("a: \"\\q\"", "yaml-escape 1:5"),
            ("a: \"\\ud83d\"", "yaml-escape 1:5"),
            ("a: \"\\0\"", "control-character 1:5"),
            ("a: \"\\e[0m\"", "control-character 1:5"),
            ("a: \u{1B}", "control-character 1:4"),
            ("a: \u{85}", "control-character 1:4"),
            ("a: x\u{2028}b: 1", "control-character 1:5"),
            ("a: x\u{FEFF}", "control-character 1:5"),
            ("a: ask # \u{202E}", "bidi-character 1:10"),
            ("\u{FEFF}a: 1", "byte-order-mark 1:1"),
            ("a: b: c", "yaml-syntax 1:5"),
            ("a: 'b' c", "yaml-syntax 1:8"),
            ("a: [b", "yaml-syntax 1:4"),
            ("a: 'b", "yaml-syntax 1:4"),
            ("a: @b", "yaml-syntax 1:4"),
            ("a: - b", "yaml-syntax 1:4"),
            ("a: b\n  - c", "yaml-syntax 2:3"),
            ("a: b\n  c: d", "yaml-syntax 2:3"),
            ("a:\n  b: 1\n c: 2", "yaml-indentation 3:2"),
            ("a: \"b\nc\"", "yaml-indentation 2:1"),
            ("a: [b, c: d]", "yaml-syntax 1:9"),
        ])
    func refused(_ text: String, _ problem: String) {
        #expect(YamlText(text).problems.first == problem)
    }

    @Test("every anchor, tag, alias and double key of a document is reported")
    func collected() {
        let text = YamlText("a: &x 1\nb: !t 2\nc: *x\na: 3\nd: [&y 1, *y]\n")
        #expect(
            text.problems.sorted() == [
                "duplicate-key 4:1", "yaml-alias 3:4", "yaml-alias 5:11", "yaml-anchor 1:4",
                "yaml-anchor 5:5", "yaml-tag 2:4",
            ])
        #expect(text.root == nil)
    }

    @Test("invalid UTF-8 is refused at its line and column")
    func encoding() {
        let bytes = Array("é: 1\nb: ".utf8) + [0xC3, 0x28]
        #expect(YamlText(bytes: bytes).problems == ["not-utf8 2:4"])
        #expect(
            YamlText(bytes: Array("a: ".utf8) + [0xED, 0xA0, 0x80]).problems == ["not-utf8 1:4"])
        #expect(YamlText(bytes: [0x61, 0x3A, 0x20, 0x00]).problems == ["control-character 1:4"])
        #expect(!YamlText(bytes: [0xFF, 0xFE, 0x61, 0x00]).findings.isEmpty)
    }

    @Test("a document over its limit is refused unread")
    func size() {
        let limits = ContentLimits(documentBytes: 10)
        #expect(YamlText("a: 1234567", limits: limits).findings == [])
        let findings = YamlText("a: 12345678", limits: limits).findings
        #expect(findings.map(\.rule) == ["document-too-large"])
        #expect(findings.map(\.code) == [.limitExceeded])
    }

    @Test("64 levels are read and 65 are refused", arguments: ["[]", "{}", "- ", "map"])
    func nesting(_ style: String) {
        func text(_ levels: Int) -> String {
            switch style {
            case "[]": String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            case "{}":
                String(repeating: "{a: ", count: levels - 1) + "{}"
                    + String(repeating: "}", count: levels - 1)
            case "- ": String(repeating: "- ", count: levels) + "x"
            default:
                (0..<levels).map { String(repeating: " ", count: $0) + "a:" }.joined(
                    separator: "\n")
            }
        }
        #expect(YamlText(text(64)).problems == [])
        let refused = YamlText(text(65)).findings
        #expect(refused.map(\.rule) == ["nesting-too-deep"])
        #expect(refused.map(\.code) == [.limitExceeded])
    }

    @Test("findings of one file are limited")
    func many() {
        let text = YamlText(String(repeating: "a: 1\n", count: 10_000))
        #expect(text.findings.count == FindingLog.maximum)
    }

    @Test(
        "hostile documents are refused or read in time linear in their size",
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "[", count: 100_000),
            String(repeating: "{a: ", count: 100_000),
            String(repeating: "- ", count: 100_000),
            (0..<1400).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            "é: [" + String(repeating: "a, ", count: 60_000) + "]",
            "é: {" + (0..<20_000).map { "k\($0): 1" }.joined(separator: ", ") + "}",
            "a: \"" + String(repeating: "\\x41é ", count: 20_000) + "\"",
            "a: b\n" + String(repeating: "  c\n", count: 40_000),
            "a: |\n" + String(repeating: "  c\n", count: 40_000),
            "a: b\n" + String(repeating: "\n", count: 200_000) + "c: d\n",
            String(repeating: "a", count: 200_000) + ": 1",
            "a: [" + String(repeating: "&a x, ", count: 30_000) + "]",
        ])
    func hostile(_ text: String) {
        let read = YamlText(text)
        #expect(read.root != nil || !read.findings.isEmpty)
    }

    @Test("an alias bomb is refused at its first anchor and never unfolded")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let aliases = repeatElement("*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        text += "? *a30\n: 1\n"
        let read = YamlText(text)
        #expect(read.problems.first == "yaml-anchor 1:5")
        #expect(read.root == nil)
    }
}
