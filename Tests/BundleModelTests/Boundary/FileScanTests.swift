import BundleModel
import Testing

@Suite("The scan of a file in parts")
struct FileScanTests {
    /// A token of a known shape, put together so that it stands nowhere in clear.
    private static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"

    private static func parts(_ bytes: [UInt8], of size: Int, path: String) -> [Finding] {
        var scan = FileScan(path: path)
        var rest = bytes[...]
        while rest.count > size {
            scan.read(rest.prefix(size), isLast: false)
            rest = rest.dropFirst(size)
        }
        scan.read(rest, isLast: true)
        return scan.findings
    }

    @Test("the parts that a file comes in make no difference", arguments: BoundaryCase.all)
    func parts(example: BoundaryCase) {
        for size in [1, 3, 64] {
            #expect(Self.parts(example.bytes, of: size, path: example.path) == example.findings)
        }
    }

    @Test(
        "a token is found once wherever it lies in a large file, with its line",
        arguments: [0, 255, 4_000, 262_140, 262_144, 500_000, 1_048_560, 3_000_000])
    func windows(offset: Int) {
        let line = "Answer the ticket in the language of its author.\n"
        let before = String(repeating: line, count: offset / line.utf8.count)
        let after = String(repeating: line, count: 40_000)
        let text = before + "The key is \(Self.token), says the log.\n" + after
        let found = Self.parts(Array(text.utf8), of: 1 << 20, path: "prompts/system.md")
        #expect(found.count == 1)
        #expect(found.first?.line == offset / line.utf8.count + 1)
        #expect(found.first?.column == 12)
        #expect(found == BoundaryScan.findings(in: Array(text.utf8), path: "prompts/system.md"))
    }

    @Test("one line of several megabytes is scanned to its end")
    func longLine() {
        let text = String(repeating: "word ", count: 800_000) + Self.token
        let found = Self.parts(Array(text.utf8), of: 1 << 20, path: "assets/data.txt")
        #expect(found.map(\.line) == [1])
        #expect(found.map(\.column) == [4_000_001])
    }

    @Test("the name of a file is scanned, and not shown from the match on")
    func name() {
        let found = BoundaryScan.findings(in: [], path: "assets/\(Self.token)/notes.md")
        #expect(found.count == 1)
        #expect(found.first?.path == "assets/ghp_…/notes.md")
        #expect(found.first?.line == nil)
    }

    @Test("a short text says what it is and where in it the match stands")
    func text() {
        let found = BoundaryScan.findings(
            inText: "Publish\n\nBecause \(Self.token) expired\n", named: "commit message")
        #expect(found.map(\.location) == ["commit message:3:9"])
    }

    @Test(
        "a password in the name of a file is not shown, however short it is",
        arguments: ["assets/password: Sakura-7781!", "assets/ops パスワード: Sakura-7781!"])
    func shortName(path: String) {
        let found = BoundaryScan.findings(in: [], path: path)
        #expect(found.count == 1)
        #expect(found.first?.path?.contains("Sakura-7") == false)
    }

    @Test("of two passwords in the name of a file neither is shown")
    func twiceInName() {
        let id = "aded4668-1147-4906-9db4-b757def2d44e"
        let path = "assets/:_authToken=\(id):_authToken=\(id)"
        let found = BoundaryScan.findings(in: [], path: path)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.path?.contains("aded4") == false })
    }

    @Test(
        "a value has the line and the column of its first character, whatever stands before it",
        arguments: [
            ("a.json", "{\"パスワード\": \"correct horse\"}", 1, 11),
            ("a.json", "{\"é\": 1,\n \"日本\": {\"password\": \"a\\nb\\ncorrect horse\"}}", 2, 21),
            ("a.yaml", "日本: {é: 1, password: correct horse}\n", 1, 22),
            ("a.yaml", "é: é\npassword: |\n  correct\n  horse\n", 3, 3),
            ("a.yaml", "password: \"a\\n\n\n  b\"\n", 1, 11),
            ("a.toml", "\"é\".password = \"correct horse\"\n", 1, 16),
            ("a.toml", "é = 1\npassword = \"\"\"\\n\\ncorrect horse\"\"\"\n", 2, 12),
            ("a.env", "é=1\npassword=correct horse\n", 2, 10),
            ("a.env", "パスワード=correct horse\n", 1, 7),
        ])
    func places(path: String, text: String, line: Int, column: Int) {
        let bytes = Array(text.utf8)
        let found = BoundaryScan.findings(in: bytes, path: path)
        #expect(found.map(\.rule) == ["secret-literal"])
        #expect(found.map(\.line) == [line])
        #expect(found.map(\.column) == [column])
        for size in 1...4 { #expect(Self.parts(bytes, of: size, path: path) == found) }
    }

    @Test("a mark of UTF-16 before other bytes hides nothing")
    func falseMark() {
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            let bytes = mark + Array("\nThe key is \(Self.token).\n".utf8)
            let found = BoundaryScan.findings(in: bytes, path: "a.md")
            #expect(found.map(\.location) == ["a.md:2:12"])
            #expect(Self.parts(bytes, of: 1, path: "a.md") == found)
        }
    }

    @Test("what is beyond the findings that are listed is said")
    func more() {
        let most = BoundaryScan.maximumFindings
        for count in [most - 1, most, most + 1, 2 * most] {
            let text = (0..<count).map { "- password: hunter\($0)\n" }.joined()
            let found = BoundaryScan.findings(in: Array(text.utf8), path: "a.yaml")
            #expect(found.count == min(count, most))
            #expect((found.last?.rule == BoundaryScan.moreFindings) == (count > most))
            #expect(found.count { $0.rule == BoundaryScan.moreFindings } == (count > most ? 1 : 0))
        }
    }

    @Test("each of several tokens on one line is a finding, what two views show is one")
    func once() {
        let other = Self.token.dropLast(4) + "aZ09"
        let text = "tokens: [\"\(Self.token)\", \"\(other)\"]\n"
        let found = BoundaryScan.findings(in: Array(text.utf8), path: "assets/data.yaml")
        #expect(found.count == 2)
        #expect(Set(found.map(\.column)).count == 2)
    }
}
