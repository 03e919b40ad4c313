import Testing

@testable import BundleModel

@Suite("The scalars of JSON, TOML and settings")
struct OtherFormatsTests {
    static let json: [(String, [String])] = [
        (#"{"a": "b", "c": [1, true, {"d": null}]}"#, ["a=b", "c=1", "c=true", "c/d=null"]),
        (#"{"s": "\u002fvar\u002frun \ud83d\ude00 \" \\ \/"}"#, ["s=/var/run \u{1F600} \" \\ /"]),
        ("{\"a\":1}\n{\"a\":2}\n", ["a=1", "a=2"]),
        (
            "// top\n{\"a\": 1, /* in\nside */ \"b\": 2} // end",
            ["# top", "a=1", "# in\nside ", "b=2", "# end"]
        ),
        ("{a: 'it\\'s', $b: .5, c: 0x1F,}", ["a=it's", "$b=.5", "c=0x1F"]),
        ("{\"a\": 1 // one\n}", ["a=1", "# one"]),
        ("{\"a\": \"open\n\"b\": 2}", ["a=open", "b=2"]),
        ("{\"url\": \"http://x//y\"}", ["url=http://x//y"]),
        ("[[\"a\"], [\"b\"]]", ["=a", "=b"]),
        ("{\"a\" : {\"b\"\n: \"c\"}}", ["a/b=c"]),
        ("\"a\": 1, \"b\": 2", ["a=1", "b=2"]),
        ("}}]] {\"a\": 1}", ["a=1"]),
    ]

    @Test("JSON, with comments, of lines, and of people", arguments: json)
    func readsJson(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .json) == expected)
    }

    static let toml: [(String, [String])] = [
        ("a = \"b\" # c\nd = 1", ["a=b", "# c", "d=1"]),
        ("[t.u]\na = 'x\\y'\n[[v]]\nb = 2\n[[v]]\nb = 3", ["t/u/a=x\\y", "v/b=2", "v/b=3"]),
        ("a.b.\"c d\" = 1\ne = 2", ["a/b/c d=1", "e=2"]),
        ("a = [ \"x\", # one\n  'y',\n]\nb = 1", ["a=x", "# one", "a=y", "b=1"]),
        ("a = { b = \"c\", d.e = [1, {f = 2}] }\ng = 3", ["a/b=c", "a/d/e=1", "a/d/e/f=2", "g=3"]),
        ("a = \"\\u00e9\\U0001F600\\x41\\t\"", ["a=é\u{1F600}A\t"]),
        ("a = \"\"\"\none\n  two\\\n     three\"\"\"\nb = 1", ["a=one\n  twothree", "b=1"]),
        ("a = '''\n/x\\y''z'''\nb = 1", ["a=/x\\y''z", "b=1"]),
        ("a = \"\"\"\"q\"\"\"\"\nb = 1", ["a=\"q\"", "b=1"]),
        ("a = \"\"\nb = ''\nc = 1979-05-27T07:32:00Z", ["c=1979-05-27T07:32:00Z"]),
        ("a = \"open\nb = 1", ["a=open", "b=1"]),
        ("nonsense\n}\n= x\na = 1", ["=nonsense", "=x", "a=1"]),
        ("[open\na = 1", ["open=x"]),
    ]

    @Test("TOML in all its strings and tables", arguments: toml.dropLast())
    func readsToml(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .toml) == expected)
    }

    static let settings: [(String, [String])] = [
        ("A=b\nexport C=\"d e\" # f\n# g\nH='i # j'", ["A=b", "# f", "C=d e", "# g", "H=i # j"]),
        ("[s]\nk = v\n[t]\nk: w", ["s/k=v", "t/k=w"]),
        ("a=one \\\n   two\nb=3", ["a=one two", "b=3"]),
        ("p=C\\:\\\\x\\u002fy", ["p=C\\:\\\\x\\u002fy", "p=C:\\x/y"]),
        ("d=C:\\new\\x", ["d=C:\\new\\x", "d=C:\new" + "x"]),
        ("//registry.example/:_authToken=abc", ["//registry.example/:_authToken=abc"]),
        ("machine h login me password pw", ["machine=h", "login=me", "password=pw"]),
        ("IdentityFile ~/.ssh/x", ["=IdentityFile ~/.ssh/x"]),
        ("URL=http://x:1/y#z", ["URL=http://x:1/y#z"]),
        ("A=\"x\\\"y\"", ["A=x\\\"y", "A=x\"y"]),
        ("; note\n! note", ["# note", "# note"]),
        ("A=\nB=x", ["B=x"]),
    ]

    @Test(".env, INI, properties and their kin", arguments: settings)
    func readsSettings(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .settings) == expected)
    }

    static let markdown: [(String, [String])] = [
        ("---\nname: x\n---\nkey: prose", ["name=x"]),
        ("+++\nname = 'x'\n+++\nprose", ["name=x"]),
        ("{\n\"name\": \"x\"\n}\n\nkey: prose", ["name=x"]),
        ("---\r\nname: x\r\n---\r\n", ["name=x"]),
        ("---\nname: never closed", []),
        ("# Title\n---\na: b\n---\n", []),
        ("---", []), ("", []), ("{{ x }}: y", []),
        ("---\nname: x\n...\nkey: prose", ["name=x"]),
        ("\n\n---\nname: x\n---\ny", ["name=x"]),
        ("---yaml\nname: x\n---\nkey: prose", ["name=x"]),
        ("---toml\nname = 'x'\n---\nkey: prose", ["name=x"]),
        ("--- json\n{\"name\": \"x\"}\n---\nkey: prose", ["name=x"]),
        ("+++\na = '''\n...\n'''\n+++\n", ["a=...\n"]), ("---markdown\na: b\n---\n", []),
        ("prose\n\n---\na: b\n---\n", []), (" ---\na: b\n---\n", []),
    ]

    @Test("the front matter of Markdown, and nothing of its text", arguments: markdown)
    func frontMatter(text: String, expected: [String]) {
        #expect(ReadValues.outline(text, .markdown) == expected)
    }

    @Test("UTF-16 with a byte order mark is decoded", arguments: [true, false])
    func utf16(isBigEndian: Bool) {
        var bytes: [UInt8] = []
        for unit in "\u{FEFF}a: \"\u{1F600}\"\r\nパスワード: hunter2\n".utf16 {
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            bytes += isBigEndian ? pair : pair.reversed()
        }
        let found = BoundaryScan.findings(in: bytes, path: "a.yaml")
        #expect(found.map(\.location) == ["a.yaml:2:8"])
    }

    @Test("a byte order mark of UTF-8 is no part of the first key")
    func mark() {
        #expect(ReadValues.outline("\u{FEFF}a: b", .yaml) == ["a=b"])
        #expect(ReadValues.outline("\u{FEFF}", .yaml) == [])
    }

    @Test("front matter that does not close is read in bounded memory", arguments: ["---", "+++"])
    func openFrontMatter(fence: String) {
        let pair = fence == "---" ? "key: value\n" : "key = \"value\"\n"
        let text = "\(fence)\n" + String(repeating: pair, count: 60_000)
        var reader = StructuredReader(.markdown)
        let bytes = Array(text.utf8)
        var count = 0
        var mostAtOnce = 0
        for start in stride(from: 0, to: bytes.count, by: 65_536) {
            let end = min(bytes.count, start + 65_536)
            let before = count
            reader.read(bytes[start..<end], isLast: end == bytes.count) {
                if $0.style != .key { count += 1 }
            }
            mostAtOnce = max(mostAtOnce, count - before)
        }
        #expect(count == 60_000)
        // What waited is at most what the reader waits for, and one part.
        #expect(mostAtOnce * pair.utf8.count <= FrontMatterReader.longest + 2 * 65_536)
    }
}
