import Testing

@testable import BundleModel

@Suite("The scalars of YAML as people write it")
struct YamlValueReadingTests {
    static let scalars: [(String, [String])] = [
        ("a: b", ["a=b"]),
        ("a:\n  b: c\n  d: e\nf: g", ["a/b=c", "a/d=e", "f=g"]),
        ("- a\n- b", ["=a", "=b"]),
        ("k:\n- a\n- b\nn: c", ["k=a", "k=b", "n=c"]),
        ("k:\n  - x: 1\n    y: 2\n  - x: 3", ["k/x=1", "k/y=2", "k/x=3"]),
        ("- - a\n  - b\n- c", ["=a", "=b", "=c"]),
        (
            "k: {a: 1, 'b': [x, \"y\"], c: {d: e}}\nn: z",
            ["k/a=1", "k/b=x", "k/b=y", "k/c/d=e", "n=z"]
        ),
        ("k: [a: 1, b]\nn: 2", ["k/a=1", "k=b", "n=2"]),
        ("\"a b\": c", ["a b=c"]),
        ("? a\n: b", ["a=b"]),
        ("? [a]\n: b", ["=a", "=b"]),
        ("key:   text  # note", ["key=text", "# note"]),
        ("# top\na: b", ["# top", "a=b"]),
        ("a: x#y", ["a=x#y"]),
        ("url: http://h:1/x#y", ["url=http://h:1/x#y"]),
        ("a: &x b\nc: *x\nd: !!str e", ["a=b", "c=b", "d=e"]),
        ("a: 1\n---\nb: 2\n...\nc: 3", ["a=1", "b=2", "c=3"]),
        ("%YAML 1.2\n---\na: 1", ["#%YAML 1.2", "a=1"]),
        ("a:\r\n  b: c\r\n", ["a/b=c"]),
        ("{\"a\": \"b\"}", ["a=b"]),
        ("a:\n\t- b", ["a=b"]),
    ]

    @Test("keys, lists, brackets and comments", arguments: scalars)
    func structure(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .yaml) == expected)
    }

    static let decoded: [(String, [String])] = [
        (#"a: "\x41\u0042\U00000043\/\t\"""#, ["a=ABC/\t\""]),
        (#"a: "\ud83d\ude00""#, ["a=\u{1F600}"]),
        ("a: 'it''s'", ["a=it's"]),
        ("a: \"one\n  two\n\n  three\"", ["a=one two\nthree"]),
        ("a: \"/home/\\\n   alice\"", ["a=/home/alice"]),
        ("a: 'one\n  two'", ["a=one two"]),
        ("a: one\n  two\n\n  three\nb: c", ["a=one two\nthree", "b=c"]),
        ("a: |\n  x\n    y\n\n  z\nb: c", ["a=x\n  y\n\nz\n", "b=c"]),
        ("a: |-\n  x\n\nb: c", ["a=x", "b=c"]),
        ("a: |+\n  x\n\nb: c", ["a=x\n\n", "b=c"]),
        ("a: >\n  x\n  y\n\n  z\n   w\n  v\n", ["a=x y\nz\n w\nv\n"]),
        ("a: |2\n   x\n  y\n", ["a= x\ny\n"]),
        ("- |\n x\n- y", ["=x\n", "=y"]),
        ("a: | # why\n  x\nb: c", ["# why", "a=x\n", "b=c"]),
        ("a: |\n\n  x\n", ["a=\nx\n"]),
        ("a: !!binary |\n  TWFu\n  TWFu\n", ["a=TWFuTWFu"]),
        ("a: !!binary TWFu", ["a=TWFu"]),
        ("|\n a", ["=a"]),
    ]

    @Test("escapes, folding, chomping and blocks", arguments: decoded)
    func decoding(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .yaml) == expected)
    }

    static let tolerated: [(String, [String])] = [
        ("a: {{ x }}\nb: c", ["a={{ x }}", "b=c"]),
        ("{% if x %}\na: b\n{% endif %}", ["={% if x %}", "a=b", "={% endif %}"]),
        ("a: [${HOME}/x, y]", ["a=${HOME}/x", "a=y"]),
        ("d: Use this: when\nm: x", ["d=Use this: when", "m=x"]),
        ("d: Use it\n  note: x\nm: y", ["d=Use it", "d/note=x", "m=y"]),
        ("a: \"open\nb: c", ["a=open", "b=c"]),
        ("a: [open\nb: c", ["a=open", "b=c"]),
        ("k:\n  a: 'x\n  b: c", ["k/a=x", "k/b=c"]),
        ("a: \"x\" and \"y\"", ["a=x", "a=and \"y\""]),
        ("a: @x\nb: `y`\nc: %z", ["a=@x", "b=`y`", "c=%z"]),
        ("a: ]\nb: }", ["a=]", "b=}"]),
        ("a: > b\nc: |x", ["a=> b", "c=|x"]),
        ("just text", ["=just text"]),
        ("\u{FEFF}a: b", ["a=b"]),
    ]

    @Test("what is no YAML still gives its text", arguments: tolerated)
    func tolerance(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .yaml) == expected)
    }

    @Test("a value knows the sibling that names it, in either order")
    func pairs() {
        let text = """
            env:
              - name: API
                value: one
              - value: two
                key: TOKEN
              - value: three
            """
        let values = ReadValues.of(text, .yaml).filter {
            $0.key.map { $0 == Array("value".utf8) } ?? false && $0.style != .key
        }
        let pairs = values.map {
            String(decoding: $0.text, as: UTF8.self) + " "
                + String(decoding: $0.pairName ?? [], as: UTF8.self)
        }
        #expect(pairs == ["one API", "two TOKEN", "three "])
    }

    @Test("an item KEY=value is a value under a key as well")
    func assignments() {
        let values = ReadValues.outline("environment:\n  - A_B=/x y\n  - \"C=d\"\n  - x = y", .yaml)
        #expect(
            values == [
                "environment=A_B=/x y", "environment/A_B=/x y", "environment=C=d",
                "environment/C=d", "environment=x = y",
            ])
    }

    @Test("values have the line and column where they start")
    func places() {
        let values = ReadValues.of("a: b\nlong:\n  - 'x'\n  - |\n    y\n", .yaml)
        let places = values.map {
            "\(String(decoding: $0.text, as: UTF8.self)) \($0.line):\($0.column)"
        }
        #expect(places == ["a 1:1", "b 1:4", "long 2:1", "x 3:5", "y\n 5:5"])
    }
}
