import BundleModel
import Foundation
import Testing

@Suite("The rules for paths inside a bundle")
struct PathRulesTests {
    static let accepted = [
        "bundle.yaml", "README.md", "a", "prompts/coder/system.md", "a b.md", "a.b.c", "..a",
        "a..b",
        "...a", "-a", "--a", ".editorconfig", ".hidden/file", "日本語/説明.md", "caf\u{E9}.md", "ß.md",
        "console.txt", "com10.txt", "com.txt", "a.con", "git", "git~a", "a.git", "github",
        ".github/x",
        ".gitkeep", "gitmodules", "a'b", "a&b", "a;b", "$HOME", "a#b", "a%2fb", "😀.png", "é/ü",
        String(repeating: "a", count: 255), String(repeating: "あ", count: 85),
        Array(repeating: "d", count: 16).joined(separator: "/"),
        Array(repeating: String(repeating: "a", count: 127), count: 4).joined(separator: "/"),
    ]

    static let refused: [(path: String, rule: String)] = [
        ("", "path-empty"),
        ("/", "path-empty-component"), ("/a", "path-empty-component"),
        ("a/", "path-empty-component"), ("a//b", "path-empty-component"),
        (".", "path-dot-component"), ("..", "path-dot-component"), ("../a", "path-dot-component"),
        ("a/../b", "path-dot-component"), ("a/.", "path-dot-component"),
        ("./a", "path-dot-component"), ("a/..", "path-dot-component"),
        // An accent hides the character before it from whoever does not read bytes.
        ("/\u{301}a", "path-empty-component"), ("a//\u{301}b", "path-empty-component"),
        ("../\u{301}a", "path-dot-component"), ("a/../\u{301}b", "path-dot-component"),
        ("../../\u{338}etc/\u{338}x", "path-dot-component"),
        (" \u{301}a", "path-outer-space"), ("con.\u{301}x", "path-device-name"),
        ("\u{301}a", "path-joined-slash"), ("a/\u{301}b", "path-joined-slash"),
        ("a/\u{93E}b", "path-joined-slash"), ("a\u{D4E}/b", "path-joined-slash"),
        ("a\u{D4E}", "path-joined-slash"),
        (String(repeating: "a", count: 256), "path-too-long"),
        (String(repeating: "あ", count: 86), "path-too-long"),
        (
            Array(repeating: String(repeating: "a", count: 128), count: 4).joined(separator: "/")
                + "/b", "path-too-long"
        ),
        (Array(repeating: "d", count: 17).joined(separator: "/"), "path-too-deep"),
        ("a\u{0}b", "path-control-character"), ("a\nb", "path-control-character"),
        ("a\tb", "path-control-character"), ("a\u{7F}", "path-control-character"),
        ("a\u{85}b", "path-control-character"), ("a\u{202E}b", "path-control-character"),
        ("a\u{2066}b", "path-control-character"), ("a\u{200B}b", "path-control-character"),
        ("a\u{200D}b", "path-control-character"), ("\u{FEFF}a", "path-control-character"),
        ("a\u{2028}b", "path-control-character"), ("a\u{AD}b", "path-control-character"),
        ("a\\b", "path-reserved-character"), ("a:b", "path-reserved-character"),
        ("C:", "path-reserved-character"), ("a*b", "path-reserved-character"),
        ("a?b", "path-reserved-character"), ("a\"b", "path-reserved-character"),
        ("a<b", "path-reserved-character"), ("a>b", "path-reserved-character"),
        ("a|b", "path-reserved-character"),
        (" a", "path-outer-space"), ("a ", "path-outer-space"), ("a/ b/c", "path-outer-space"),
        ("a /b", "path-outer-space"), (" ", "path-outer-space"),
        ("a.", "path-trailing-dot"), ("a./b", "path-trailing-dot"), ("...", "path-trailing-dot"),
        ("cafe\u{301}.md", "path-not-nfc"), ("\u{212B}", "path-not-nfc"),
        ("が".decomposedStringWithCanonicalMapping, "path-not-nfc"),
        ("con", "path-device-name"), ("CON", "path-device-name"), ("Con.md", "path-device-name"),
        ("a/nul/b", "path-device-name"), ("aux.tar.gz", "path-device-name"),
        ("COM1", "path-device-name"), ("lpt9.x", "path-device-name"),
        ("com\u{B9}.md", "path-device-name"), ("CONIN$", "path-device-name"),
        ("con .md", "path-device-name"),
        (".git", "path-control-name"), (".GIT", "path-control-name"),
        ("a/.Git/hooks", "path-control-name"), (".gitmodules", "path-control-name"),
        (".gitignore", "path-control-name"), (".gitattributes", "path-control-name"),
        (".mailmap", "path-control-name"), ("git~1", "path-control-name"),
        ("GIT~1", "path-control-name"), ("gitmod~1", "path-control-name"),
        ("gi7eba~1", "path-control-name"),
        // A combining mark makes one `Character` with what is before it.
        (".git/\u{301}x", "path-control-name"), ("../\u{301}x", "path-dot-component"),
        (".git\\\u{301}", "path-control-name"), ("con/\u{301}x", "path-device-name"),
        ("con.\u{301}x", "path-device-name"), (" \u{301}x", "path-outer-space"),
        ("a /\u{301}x", "path-outer-space"), ("a./\u{301}x", "path-trailing-dot"),
        (Array(repeating: "d", count: 17).joined(separator: "/\u{301}"), "path-too-deep"),
    ]

    @Test("a good path is taken as it is", arguments: accepted)
    func good(path: String) throws {
        #expect(try BundlePath(path).text == path)
    }

    @Test("a bad path is refused by the rule that it breaks", arguments: refused)
    func bad(path: String, rule: String) {
        let problem = #expect(throws: PathProblem.self) { try BundlePath(path) }
        #expect(problem?.rule == rule)
    }

    @Test("a length is a limit, every other rule is about structure", arguments: refused)
    func codes(path: String, rule: String) {
        let problem = #expect(throws: PathProblem.self) { try BundlePath(path) }
        let isLimit = ["path-too-long", "path-too-deep"].contains(rule)
        #expect(problem?.finding.code == (isLimit ? .limitExceeded : .malformedBundle))
    }

    @Test("a refusal shows the path without what would disturb a terminal")
    func shown() {
        let problem = #expect(throws: PathProblem.self) { try BundlePath("a\u{1B}[2Jb") }
        #expect(problem?.path == "a\\u{1b}[2Jb")
    }

    @Test("the parts of a path")
    func parts() throws {
        let path = try BundlePath("prompts/coder/system.v2.md")
        #expect(path.components == ["prompts", "coder", "system.v2.md"])
        #expect(path.name == "system.v2.md")
        #expect(path.stem == "system.v2")
        #expect(path.fileExtension == "md")
        #expect(path.topDirectory == "prompts")
        let hidden = try BundlePath(".hidden")
        #expect(hidden.stem == ".hidden")
        #expect(hidden.fileExtension == "")
        #expect(hidden.topDirectory == nil)
    }

    @Test("paths are ordered by their bytes")
    func order() throws {
        let paths = try ["b", "a/b", "a.b", "a-b", "a", "あ", "Z"].map(BundlePath.init)
        #expect(paths.sorted().map(\.text) == ["Z", "a", "a-b", "a.b", "a/b", "b", "あ"])
    }
}
