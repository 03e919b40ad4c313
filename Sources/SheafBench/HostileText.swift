/// Text that is made to be slow for a scan: many beginnings of matches that never end.
struct HostileText {
    let name: String
    let path: String
    private let unit: String
    private let head: String

    init(_ name: String, _ path: String, _ unit: String, head: String = "") {
        self.name = name
        self.path = path
        self.unit = unit
        self.head = head
    }

    func bytes(_ count: Int) -> [UInt8] {
        var bytes = Array(head.utf8)
        let part = Array(unit.utf8)
        bytes.reserveCapacity(count + part.count)
        while bytes.count < count { bytes += part }
        return bytes
    }

    /// What was thought of, beside what the rules give.
    static let written = [
        HostileText("key prefixes", "a.md", "sk-"),
        HostileText("key prefixes that grow", "a.md", "sk-proj-abcdefghijklmnop"),
        HostileText("access key ids", "a.md", "AKIAAKIA"),
        HostileText("key headers", "a.md", "-----BEGIN "),
        HostileText("private key headers", "a.md", "-----BEGIN RSA PRIVATE KEY-----\n"),
        HostileText("token parts", "a.md", "eyJhbGciOiJ."),
        HostileText("assignments", "a.md", "password=password="),
        HostileText("assignments in values", "a.yaml", "password: password: "),
        HostileText("key words", "a.md", "secret token key "),
        HostileText("key words under each other", "a.env", "TOKEN_SECRET_KEY=\n"),
        HostileText("user information", "a.md", "http://a:b:c@"),
        HostileText("schemes", "a.md", "https://"),
        HostileText("slashes", "a.md", "/"),
        HostileText("steps up", "a.md", "../../"),
        HostileText("steps up in a value", "a.yaml", "../../", head: "a: "),
        HostileText("homes", "a.md", "~/~/$HOME"),
        HostileText("encoded dots", "a.yaml", "%2e%2e/", head: "a: "),
        HostileText("backslashes", "a.md", "\\\\.\\pipe\\"),
        HostileText("base64 on one line", "a.md", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0"),
        HostileText("base64 lines", "a.md", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0\n"),
        HostileText("hexadecimal", "a.json", "0123456789abcdef", head: "{\"token\": \""),
        HostileText("brackets", "a.json", "["),
        HostileText("braces and keys", "a.json", "{\"a\":"),
        HostileText("list markers", "a.yaml", "- "),
        HostileText("explicit keys", "a.yaml", "? "),
        HostileText("deep indentation", "a.yaml", "a:\n "),
        HostileText("quotes", "a.yaml", "\""),
        HostileText("escapes", "a.json", "\\u0067", head: "{\"a\": \""),
        HostileText("folded lines", "a.yaml", "  word\n\n", head: "a: >\n"),
        HostileText("fences", "a.md", "```\n"),
        HostileText("front matter marks", "a.md", "---\n"),
        HostileText("Japanese key words", "a.md", "パスワード："),
        HostileText("percent signs", "a.md", "%41%"),
        HostileText("nothing but line ends", "a.yaml", "\n"),
        HostileText("zero bytes", "a.bin", "\0"),
        HostileText("numeric entities", "a.md", "&#65;"),
        HostileText("Unicode escapes", "a.md", "\\u0041"),
        HostileText("joined lines", "a.md", "\\\n"),
        HostileText("invisible characters", "a.md", "a\u{200B}"),
        HostileText("base64 of assignments", "a.md", "cGFzc3dvcmQ9cGFzc3dvcmQ9cGFzc3dvcmQ9"),
        HostileText("base64 of escapes", "a.md", "JTQxJTQxJTQxJTQxJTQxJTQxJTQxJTQx"),
        HostileText("open placeholders", "a.env", "PASSWORD=((((${${${{{{{\n"),
        HostileText("long values under key words", "a.env", "PASSWORD=" + x1 + "\n"),
        HostileText("drives in a value", "a.yaml", "C:/", head: "a: "),
        HostileText("a mapping in each key", "a.toml", "/."),
        HostileText("a word a line", "a", "x\n"),
        HostileText("settings without values", "a.env", "A=\n"),
        HostileText("short paths as values", "a.env", "A=/b\n"),
        HostileText("numbers", "a.json", "1,", head: "["),
        HostileText("tables", "a.toml", "[a]\n"),
        HostileText("many front matters", "a.md", "---\na: b\n---\n"),
        HostileText("wide characters", "a.yaml", "k\0:\0 \0/\0\n\0"),
        HostileText("name and value pairs", "a.yaml", "- name: TOKEN\n  value: ${X}\n"),
    ]

    private static let x1 = String(repeating: "x1", count: 255)
}
