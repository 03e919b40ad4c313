import Testing

@Suite("values of YAML documents")
struct YamlValueTests {
    @Test(
        "scalars keep their text, whether they were plain, and where they start",
        arguments: [
            ("no", "no@1:1"),
            ("1.10", "1.10@1:1"),
            ("~", "~@1:1"),
            ("\"no\"", "'no'@1:1"),
            ("'it''s'", "'it's'@1:1"),
            (#""\x41\u00e9\U0001F600\/\_""#, "'Aé😀/\u{A0}'@1:1"),
            (#""a\tb\nc""#, "'a\tb\nc'@1:1"),
            ("a\n b\n\n c", "a b\nc@1:1"),
            ("\"a\n  b \\\n  c\"", "'a b c'@1:1"),
            ("--- text", "text@1:5"),
            ("---\ntext\n...\n", "text@2:1"),
            ("# c\n\ntext # c\n", "text@3:1"),
            ("http://x/y?z=1#f", "http://x/y?z=1#f@1:1"),
            ("-a", "-a@1:1"),
            ("?a", "?a@1:1"),
            ("a\r\n b\r\n", "a b@1:1"),
            ("\"\"", "''@1:1"),
        ])
    func scalars(text: String, expected: String) {
        let (value, findings) = read(text)
        #expect(findings == [])
        #expect(value == expected)
    }

    @Test(
        "block scalars fold, chomp and indent as YAML says, and start at their indicator",
        arguments: [
            ("a: |\n  x\n   y\n\nb: 1", "{a@1:1: 'x\n y\n'@1:4, b@5:1: 1@5:4}@1:1"),
            ("a: |-\n  x\n\n", "{a@1:1: 'x'@1:4}@1:1"),
            ("a: |+\n  x\n\n", "{a@1:1: 'x\n\n'@1:4}@1:1"),
            ("a: >\n  x\n  y\n\n  z\n", "{a@1:1: 'x y\nz\n'@1:4}@1:1"),
            ("a: >2-\n   x\n  y\n", "{a@1:1: ' x\ny'@1:4}@1:1"),
            ("- | # note\n x\n- y", "['x\n'@1:3, y@3:3]@1:1"),
            ("a: |\n  --- x\n  # no comment\n", "{a@1:1: '--- x\n# no comment\n'@1:4}@1:1"),
        ])
    func blockScalars(text: String, expected: String) {
        let (value, findings) = read(text)
        #expect(findings == [])
        #expect(value == expected)
    }

    @Test(
        "lists and maps keep order and places, in blocks and in brackets",
        arguments: [
            ("a: b\nc: d", "{a@1:1: b@1:4, c@2:1: d@2:4}@1:1"),
            ("a:\n- b\n- c:\n    d", "{a@1:1: [b@2:3, {c@3:3: d@4:5}@3:3]@2:1}@1:1"),
            ("- - a\n  - b\n-\n  - c", "[[a@1:5, b@2:5]@1:3, [c@4:5]@4:3]@1:1"),
            ("[a, [b, {c: d}], \"e\"]", "[a@1:2, [b@1:6, {c@1:10: d@1:13}@1:9]@1:5, 'e'@1:18]@1:1"),
            (
                "{a: b, \"c\":d, e, f: }",
                "{a@1:2: b@1:5, c@1:8: d@1:12, e@1:15: @1:15, f@1:18: @1:18}@1:1"
            ),
            ("{\n  a: [ # c\n    b,\n  ],\n}", "{a@2:3: [b@3:5]@2:6}@1:1"),
            ("a: [b\n\n,c]", "{a@1:1: [b@1:5, c@3:2]@1:4}@1:1"),
            ("# c\na: # c\n  # c\n  b: 1 # c\n", "{a@2:1: {b@4:3: 1@4:6}@4:3}@2:1"),
            ("a:\nb:", "{a@1:1: @1:1, b@2:1: @2:1}@1:1"),
            ("- \n-\n- a", "[@1:1, @2:1, a@3:3]@1:1"),
            ("{}", "{}@1:1"), ("[]", "[]@1:1"), ("[a,]", "[a@1:2]@1:1"),
            ("a[0]: x\nb}: y", "{a[0]@1:1: x@1:7, b}@2:1: y@2:5}@1:1"),
            ("\"<<\": a", "{<<@1:1: a@1:7}@1:1"),
            ("\"\": a", "{@1:1: a@1:5}@1:1"),
            ("ä: ö\n\"😀\": [ü, x]", "{ä@1:1: ö@1:4, 😀@2:1: [ü@2:7, x@2:10]@2:6}@1:1"),
            ("é: {ü: 😀, x: y}", "{é@1:1: {ü@1:5: 😀@1:8, x@1:11: y@1:14}@1:4}@1:1"),
        ])
    func collections(text: String, expected: String) {
        let (value, findings) = read(text)
        #expect(findings == [])
        #expect(value == expected)
    }

    @Test(
        "indicators inside of texts and comments are text",
        arguments: [
            ("a: what ? *this* is & that !", "{a@1:1: what ? *this* is & that !@1:4}@1:1"),
            ("a: \" *b ? &c !d\" # *e ? &f\n", "{a@1:1: ' *b ? &c !d'@1:4}@1:1"),
            ("a: |\n  *b: &c\n  ? d\n", "{a@1:1: '*b: &c\n? d\n'@1:4}@1:1"),
            ("a: b\n  *c &d", "{a@1:1: b *c &d@1:4}@1:1"),
            ("- \"[\"\n- 'a: ?b'\n- x ?y", "['['@1:3, 'a: ?b'@2:3, x ?y@3:3]@1:1"),
            ("a: '%YAML'\nb: x%\n", "{a@1:1: '%YAML'@1:4, b@2:1: x%@2:4}@1:1"),
            (
                "- \u{E000}\n- x *y\n- \"\u{E001} ?\"",
                "[\u{E000}@1:3, x *y@2:3, '\u{E001} ?'@3:3]@1:1"
            ),
        ])
    func indicatorsInText(text: String, expected: String) {
        let (value, findings) = read(text)
        #expect(findings == [])
        #expect(value == expected)
    }

    @Test("64 levels are read, also in a document that needs a roomy stack")
    func deepestNesting() {
        let flat = String(repeating: "- [a, [b]]\n", count: 100)
        let deep = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
        #expect(read(flat + "- " + deep).findings == [])
        #expect(read(flat).value?.hasSuffix("[a@100:4, [b@100:8]@100:7]@100:3]@1:1") == true)
    }
}
