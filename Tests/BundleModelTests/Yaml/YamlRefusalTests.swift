import BundleModel
import Testing

@Suite("what the one strict meaning of YAML refuses")
struct YamlRefusalTests {
    @Test(
        "anchors, aliases, tags, merge keys and complex keys are refused where they stand",
        arguments: [
            ("a: &x b", ["yaml-anchor 1:4"]),
            ("a: &x b\nc: *x", ["yaml-anchor 1:4", "yaml-alias 2:4"]),
            ("a: *x", ["yaml-alias 1:4"]),
            ("é: [ü, *x]", ["yaml-alias 1:8"]),
            ("&a k: v\nb: {*a : c}", ["yaml-anchor 1:1", "yaml-alias 2:5"]),
            ("*a : b", ["yaml-alias 1:1"]),
            ("a: \"*b\"\nc: *b\nd: &b e", ["yaml-alias 2:4", "yaml-anchor 3:4"]),
            ("a: &x\n  b: c", ["yaml-anchor 1:4"]),
            ("- &x\n- &y", ["yaml-anchor 1:3", "yaml-anchor 2:3"]),
            ("a: !!str b", ["yaml-tag 1:4"]),
            ("a: ! b", ["yaml-tag 1:4"]),
            ("!local\na: b", ["yaml-tag 1:1"]),
            ("!!map {a: !<tag:x> b}", ["yaml-tag 1:1", "yaml-tag 1:11"]),
            ("!!str k: &x !y v", ["yaml-tag 1:1", "yaml-anchor 1:10", "yaml-tag 1:13"]),
            ("- |\n x\n- !t >\n y", ["yaml-tag 3:3"]),
            ("a: !!null", ["yaml-tag 1:4"]),
            ("a: !h!x b", ["yaml-tag 1:4"]),
            ("<<: {a: b}", ["yaml-merge-key 1:1"]),
            ("a: 1\n<<: b\n<<: c", ["yaml-merge-key 2:1", "yaml-merge-key 3:1"]),
            ("[a]: b", ["yaml-complex-key 1:1"]),
            ("{{a: b}: c}", ["yaml-complex-key 1:2"]),
            ("? a\n: b", ["yaml-complex-key 1:1"]),
            ("x: y\n? [a]\n: b", ["yaml-complex-key 2:1"]),
            ("a:\n  - ? b\n    : c", ["yaml-complex-key 2:5"]),
            ("{? a : b}", ["yaml-complex-key 1:2"]),
            ("[a, ?b]", ["yaml-complex-key 1:5"]),
            ("[a, ? [b]]", ["yaml-complex-key 1:5"]),
            (": b", ["empty-key 1:1"]),
            ("{: b}", ["empty-key 1:2"]),
            ("{a: b, : c}", ["empty-key 1:8"]),
            ("a: & b", ["yaml-anchor 1:4"]),
            ("a: *", ["yaml-alias 1:4"]),
        ])
    func structure(text: String, expected: [String]) {
        #expect(read(text).findings == expected)
    }

    @Test(
        "a repeated key is refused where it is repeated, however it is written",
        arguments: [
            ("a: 1\nb: 2\na: 3", ["duplicate-key 3:1"]),
            ("\"a\": 1\n\"\\x61\": 2", ["duplicate-key 2:1"]),
            ("a: 1\n'a': 2", ["duplicate-key 2:1"]),
            ("\"a b\": 1\na b: 2", ["duplicate-key 2:1"]),
            ("{é: 1, ü: 2, é: 3, x: &y z}", ["duplicate-key 1:14", "yaml-anchor 1:23"]),
            ("{é: 1, e\u{301}: 3}", ["duplicate-key 1:8"]),
            ("- {a: 1, a: 2, b: [{c: 1, c: 2}]}", ["duplicate-key 1:10", "duplicate-key 1:27"]),
            ("a: 1\nx: |\n  a: 2\na: 3\na: 4", ["duplicate-key 4:1", "duplicate-key 5:1"]),
            ("p:\n  k: 1\n  k: 2\nq:\n  k: 1\n  k: 2", ["duplicate-key 3:3", "duplicate-key 6:3"]),
            ("1: a\n\"1\": b", ["duplicate-key 2:1"]),
            ("\"\": a\n'': b", ["duplicate-key 2:1"]),
            ("!t a: 1\na: 2", ["yaml-tag 1:1", "duplicate-key 2:1"]),
            ("[a]: 1\n[a]: 2", ["yaml-complex-key 1:1"]),
        ])
    func duplicateKeys(text: String, expected: [String]) {
        #expect(read(text).findings == expected)
    }

    @Test("a repeated key is named with the line of the first, the same key in two maps is not")
    func duplicateKeyMessage() {
        let log = FindingLog(path: "a.yaml")
        _ = YamlDocument.read(Array("x: {k: 1}\nk: 1\ny: {k: 2}\nk: 3".utf8), log: log)
        #expect(log.findings.map(\.line) == [4])
        #expect(log.findings.first?.message == "the key 'k' is already in line 2")
    }

    @Test("a key repeated very often is refused after a few rounds")
    func manyDuplicates() {
        let findings = read(String(repeating: "a: 1\n", count: 50)).findings
        #expect(findings == ["duplicate-key 5:1"])
    }

    @Test(
        "directives, second documents and empty documents are refused",
        arguments: [
            ("%YAML 1.2\n---\na: b", ["yaml-directive 1:1"]),
            ("# c\n\n%TAG ! x:\n---\na", ["yaml-directive 3:1"]),
            ("a: b\n%YAML 1.2\n---\nc", ["yaml-directive 2:1"]),
            ("a: b\n---\nc: d", ["second-document 2:1"]),
            ("a: b\n...\nc: d", ["second-document 3:1"]),
            ("a: b\n... # e\n\n# c\nc: d", ["second-document 5:1"]),
            ("a: b\n...\n---\nc", ["second-document 3:1"]),
            ("---\n---\n", ["second-document 2:1"]),
            ("", ["empty-document 1:1"]),
            ("\n# only\n", ["empty-document 1:1"]),
            ("---\n", ["empty-document 1:1"]),
            ("---\n# c\n...\n", ["empty-document 1:1"]),
        ])
    func documents(text: String, expected: [String]) {
        let (value, findings) = read(text)
        #expect(findings == expected)
        #expect(value == nil)
    }

    @Test(
        "bytes that are not plain text are refused with line and column in characters",
        arguments: [
            (Array("a: b\né: \u{1B}[1m".utf8), ["control-character 2:4"]),
            (Array("a: b\0".utf8), ["control-character 1:5"]),
            (Array("a: \"\u{7F}\"".utf8), ["control-character 1:5"]),
            (Array("ü\u{85}a: b".utf8), ["control-character 1:2"]),
            (Array("a: b\u{2028}c: d".utf8), ["control-character 1:5"]),
            (Array("a: b\u{2029}".utf8), ["control-character 1:5"]),
            (Array("a: b\rc: d".utf8), ["control-character 1:5"]),
            (Array("a: b\r\nc: \r".utf8), ["control-character 2:4"]),
            (Array("a: \u{FEFF}b".utf8), ["control-character 1:4"]),
            (Array(#"a: "\uFEFFb""#.utf8), ["control-character 1:4"]),
            (Array(#"a: "\U0000feff""#.utf8), ["control-character 1:4"]),
            (Array("a: x\u{202E}y".utf8), ["bidi-character 1:5"]),
            (Array("a: \u{FFFE}".utf8), ["control-character 1:4"]),
            ([0xEF, 0xBB, 0xBF] + Array("a: b".utf8), ["byte-order-mark 1:1"]),
            (Array("é: ".utf8) + [0xC3, 0x28], ["not-utf8 1:4"]),
            (Array("a:\n- ".utf8) + [0xED, 0xA0, 0x80], ["not-utf8 2:3"]),
            ([0xFF, 0xFE, 0x61, 0x00], ["not-utf8 1:1"]),
            ([0x61, 0x00, 0x3A, 0x00], ["control-character 1:2"]),
            (Array(#"a: "\0""#.utf8), ["control-character 1:4"]),
            (Array(#"a: ["x", "\e[0m"]"#.utf8), ["control-character 1:10"]),
            (Array(#""\x07": b"#.utf8), ["control-character 1:1"]),
            (Array(#"a: "\x85""#.utf8), ["control-character 1:4"]),
        ] as [([UInt8], [String])])
    func bytes(bytes: [UInt8], expected: [String]) {
        #expect(read(bytes).findings == expected)
    }

    @Test(
        "broken YAML is refused at the place that is broken",
        arguments: [
            ("a: b: c", "yaml-syntax 1:5"),
            ("a: - b", "yaml-syntax 1:4"),
            ("a: 1\n  b: 2", "yaml-syntax 2:4"),
            ("a:\n    b: 1\n  c: 2", "yaml-syntax 3:3"),
            ("a: 1\nb", "yaml-syntax 2:2"),
            ("a: [b, c", "yaml-syntax 1:4"),
            ("a: {b\n# c\n", "yaml-syntax 1:4"),
            ("a: [b}", "yaml-syntax 1:6"),
            ("[,]", "yaml-syntax 1:2"),
            ("a: 'b\nc: d", "yaml-syntax 1:4"),
            ("x: y\na: \"b", "yaml-syntax 2:4"),
            ("a: @b", "yaml-syntax 1:4"),
            ("a: `b`", "yaml-syntax 1:4"),
            ("a:\n\tb: c", "tab-indentation 2:1"),
            (#"é: "a\q""#, "yaml-escape 1:6"),
            (#"a: "\ud800""#, "yaml-escape 1:5"),
            ("a: |x\n b", "yaml-syntax 1:5"),
            ("- a\nb: c", "yaml-syntax 2:1"),
        ])
    func syntax(text: String, expected: String) {
        let (value, findings) = read(text)
        #expect(findings == [expected])
        #expect(value == nil)
    }

    @Test("every problem is malformed_bundle, or the code of the log; limits are limit_exceeded")
    func codes() throws {
        let log = FindingLog(path: "host.yaml", malformed: .hostPolicyInvalid)
        _ = YamlDocument.read(Array("a: &x b".utf8), log: log)
        #expect(log.findings.map(\.code) == [.hostPolicyInvalid])
        #expect(throws: SheafError.self) { try YamlDocument(Array("a: !x b".utf8), path: "a.yaml") }
        let document = try YamlDocument(Array("a: b".utf8), path: "a.yaml")
        #expect(outline(document.root) == "{a@1:1: b@1:4}@1:1")
    }

    @Test("a message never repeats more of the document than a name")
    func messagesKeepSecrets() {
        let secret = "hunter2-correct-horse"
        for text in [
            "a: &\(secret) b", "a: *\(secret)", "a: !\(secret) b",
            "'\(secret) x': 1\n'\(secret) x': 2",
            "a: b: \(secret)", "a: \"\(secret)", "a: [\(secret)", "? \(secret)\n: \(secret)",
            "%\(secret)", "a: \"\\q\(secret)\"", "@\(secret)",
        ] {
            let log = FindingLog(path: "a.yaml")
            _ = YamlDocument.read(Array(text.utf8), log: log)
            #expect(!log.findings.isEmpty)
            for finding in log.findings {
                #expect(!finding.message.contains("hunter2"))
                #expect(finding.hint?.contains("hunter2") != true)
            }
        }
    }

    @Test(
        "a place is in the file, wherever the file ends",
        arguments: [
            "a: [x,\n  y:\n  z: \"é\n\n  b\"\n]\nc:\n- {d: e,\n f\n}\ng: |\n h\n- *i\n", "? a\n",
            "- \n",
            "a: '\nb\n", "k:\n  - {\n", "a: >\n\n", "a\n:\n", "&a\n", "- [\n-\n",
        ])
    func ends(text: String) {
        let bytes = Array(text.utf8)
        for count in 0...bytes.count {
            let part = Array(bytes.prefix(count))
            let lines = part.split(separator: 0x0A, omittingEmptySubsequences: false)
            let read = YamlText(bytes: part)
            for mark in Self.marks(in: read) {
                #expect((1...lines.count).contains(mark.line), "\(count)")
                guard (1...lines.count).contains(mark.line) else { continue }
                let length = String(decoding: lines[mark.line - 1], as: UTF8.self)
                    .unicodeScalars.count
                #expect((1...length + 1).contains(mark.column), "\(count)")
            }
        }
    }

    private static func marks(in read: YamlText) -> [SourceMark] {
        func marks(of node: YamlNode) -> [SourceMark] {
            switch node.content {
            case .scalar: [node.mark]
            case .sequence(let items): [node.mark] + items.flatMap(marks)
            case .mapping(let entries):
                [node.mark] + entries.flatMap { [$0.keyMark] + marks(of: $0.value) }
            }
        }
        let found = read.findings.compactMap { finding in
            finding.line.map { SourceMark(line: $0, column: finding.column ?? 1) }
        }
        return found + (read.root.map(marks) ?? [])
    }
}
