import Testing

@testable import BundleModel

@Suite("A text gives the same values however it is cut")
struct CutAnywhereTests {
    static let texts: [(String, TextKind)] = [
        (
            "%YAML 1.2\n---\na: &x \"\\u0041\\\n  b\\ud83d\\ude00\"\nb: 'it''s'\r\nc: | # n\n  x\n\n  y\nd: >-\n"
                + "  p\n  q\n\n   r\ne: [1, {f: g}, ${H}]\n- KEY=v\n? k\n: v\nname: n\nvalue: w\n...\n"
                + "t: {{ x }}\nu: *x\nv: one\n  two: three\nw: !!binary TWFu\nx: \"open\ny: z",
            .yaml
        ),
        (
            "// c\n{\"a\": \"\\u002f\\ud83d\\ude00\", /* x\n * y */ b: 'c', d: 1 // e\n, \"value\": 1,"
                + " \"name\": 2}\n[1,2]\n\"open\n{\"z\":1}",
            .json
        ),
        (
            "[a.\"b c\"]\nd.e = \"\\u0041\" # f\ng = [1, {h = '''\ni'''}, \"\"\"\nj\\\n  k\"\"\"\"]\n"
                + "[[l]]\nm = \"open\nn\n}\no = 1979-05-27",
            .toml
        ),
        (
            "# a\r\n[b]\r\nexport C=\"d\\n\" # e\r\nf = g \\\r\n  h\r\nmachine x login y\nplain text\n"
                + "i\\: j\nk=C\\:\\\\u",
            .settings
        ),
        ("---\nname: \"x\\u0041\"\n# c\n---\nkey: prose\n---\n", .markdown),
        ("+++\na = 1\n+++\nx", .markdown), ("{\n\"a\": {\"b\": \"\\u0041\"}}\n\nx: y", .markdown),
        ("---\nname: x\nnot closed", .markdown),
    ]

    @Test("at any one place", arguments: texts)
    func once(text: String, kind: TextKind) {
        let bytes = Array(text.utf8)
        let whole = ReadValues.of(bytes, kind)
        for cut in 0..<bytes.count {
            #expect(ReadValues.of(bytes, kind, cutAt: [cut]) == whole, "cut at \(cut)")
        }
    }

    @Test("at every place", arguments: texts)
    func everywhere(text: String, kind: TextKind) {
        let bytes = Array(text.utf8)
        let cuts = Array(1..<bytes.count)
        #expect(ReadValues.of(bytes, kind, cutAt: cuts) == ReadValues.of(bytes, kind))
    }

    @Test("inside a scalar that leaves in pieces")
    func pieces() {
        let line = "0123456789 abc/def "
        let long = String(repeating: line, count: 40_000)
        let text = Array(("a: \"" + long + "\"\nb: c").utf8)
        let whole = ReadValues.of(text, .yaml)
        let cuts = stride(from: 1, to: text.count, by: 7919)
        #expect(ReadValues.of(text, .yaml, cutAt: Array(cuts)) == whole)
        let pieces = whole.filter { $0.style == .quoted }
        #expect(pieces.count > 2)
        #expect(pieces.allSatisfy { $0.text.count <= StructuredReader.longestValue })
        var joined = pieces[0].text
        for piece in pieces.dropFirst() {
            #expect(
                joined.suffix(StructuredReader.overlap)
                    == piece.text.prefix(StructuredReader.overlap))
            joined += piece.text.dropFirst(StructuredReader.overlap)
        }
        // The blank at the end of the text is inside the quotes.
        #expect(joined == Array(long.utf8))
    }
}
