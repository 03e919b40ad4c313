import Foundation
import Testing

@testable import BundleModel

@Suite("Tokens that a text holds encoded")
struct DecodedTextTests {
    /// A token of a known shape, put together so that it stands nowhere in clear.
    private static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"

    private static func found(_ text: String, path: String = "notes.md") -> [Finding] {
        BoundaryScan.findings(in: Array(text.utf8), path: path)
    }

    private static func base64(_ bytes: [UInt8], wrappedAt width: Int = .max) -> String {
        var lines: [Substring] = []
        let text = Data(bytes).base64EncodedString()
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        return lines.joined(separator: "\n")
    }

    private static func units(of text: String, zeros: Int, isBigEndian: Bool) -> [UInt8] {
        text.utf8.flatMap { byte in
            let nuls = Array(repeating: UInt8(0), count: zeros)
            return isBigEndian ? nuls + [byte] : [byte] + nuls
        }
    }

    static let encoded: [String] = {
        let line = "use \(token) here"
        let plain = base64(Array(line.utf8))
        return [
            "run " + base64(units(of: line, zeros: 1, isBigEndian: false)),
            "run " + base64(units(of: line, zeros: 1, isBigEndian: true)),
            "run " + base64(units(of: line, zeros: 3, isBigEndian: false)),
            "x " + base64(Array("a b\u{0}c \(line)".utf8)),
            "x " + base64(Array("a b\u{0}\u{0}\u{0}\u{0}\u{0}c \(line)".utf8)),
            "x " + base64(Array("a\u{1B}[1m \(line)".utf8)),
            "x " + base64(Array("\(line) \u{1}\u{2}".utf8)),
            "x " + base64([0xFF, 0xFE, 0x80] + Array(line.utf8)),
            "/decode/" + plain, "a/v1/" + plain, "key-name-" + plain, "k_" + plain,
            base64(Array(line.utf8), wrappedAt: 32), base64(Array(line.utf8), wrappedAt: 25),
            "\"" + base64(Array(line.utf8), wrappedAt: 40).replacing("\n", with: "\" +\n  \""),
            "'" + base64(Array(line.utf8), wrappedAt: 40).replacing("\n", with: "'\n  '"),
            base64(Array("説明 \(line) 終わり".utf8), wrappedAt: 60),
        ]
    }()

    @Test("in base64, whatever stands before or around it", arguments: encoded)
    func base64(text: String) {
        #expect(Self.found(text).count == 1)
        #expect(Self.found(text, path: "notes.py").count == 1)
    }

    static let escapes: [(String, Int)] = {
        let rest = token.dropFirst()
        return [
            ("\\u{67}\(rest)", 1), ("\\u{000067}\(rest)", 1), ("\\U00000067\(rest)", 1),
            ("\\147\(rest)", 1), ("\\x67\(rest)", 1), ("%67\(rest)", 1), ("%2567\(rest)", 1),
            ("%25252567\(rest)", 1), ("&#103;\(rest)", 1),
            (token.replacing("_", with: "\\_"), 1), (token.replacing("_", with: "&lowbar;"), 1),
            (token.replacing("p_", with: "p<wbr>_"), 1),
            (token.replacing("p_", with: "p\u{200E}_"), 1),
            (token.replacing("p_", with: "p\u{FE0F}_"), 1),
            ("var a=\"\\u0041\",b=\"\(token)\"", 19), ("a%20b/\(token)", 7),
        ]
    }()

    @Test("escaped, each at its own column", arguments: escapes)
    func escaped(text: String, column: Int) {
        let found = Self.found(text)
        #expect(found.map(\.column) == [column])
        #expect(found.first?.rule == "github-token")
    }

    @Test("two behind one escape are two findings")
    func two() {
        let other = Self.token.dropLast(4) + "aZ09"
        let found = Self.found(
            "{\"a\":\"\\u0041\",\"b\":\"\(Self.token)\",\"c\":\"\(other)\"}")
        #expect(found.map(\.column) == [20, 67])
        let escaped = Self.found("\\u0067\(Self.token.dropFirst()),\\u0067\(other.dropFirst())")
        #expect(escaped.map(\.column) == [1, 47])
    }

    @Test("a long run of base64 has each token at its own place")
    func places() {
        let filler = String(repeating: "lorem ipsum ", count: 1_000)
        let other = Self.token.dropLast(4) + "aZ09"
        let text = Array("\(filler)\(Self.token) \(filler)\(other) \(filler)".utf8)
        let offsets = [12_000, 24_041].map { $0 * 4 / 3 }
        let found = Self.found("x " + Self.base64(text))
        #expect(found.map(\.column) == offsets.map { $0 + 3 })
        let wrapped = Self.found(Self.base64(text, wrappedAt: 76))
        #expect(wrapped.map(\.line) == offsets.map { $0 / 76 + 1 })
        #expect(wrapped.map(\.column) == offsets.map { $0 % 76 + 1 })
    }

    @Test("UTF-32 without a mark", arguments: [true, false])
    func utf32(isBigEndian: Bool) {
        let bytes = Self.units(of: "use \(Self.token) here", zeros: 3, isBigEndian: isBigEndian)
        #expect(BoundaryScan.findings(in: bytes, path: "a.txt").count == 1)
    }

    @Test("what the text itself shows comes before what is decoded from it")
    func merged() {
        func match(_ rule: String, _ range: Range<Int>) -> SecretMatch {
            let bytes = Array(repeating: UInt8(ascii: "a"), count: 40)
            return SecretMatch(rule: rule, range: range, in: bytes.span, what: "x")
        }
        let merged = SecretMatch.merged(
            [match("shown", 10..<20)],
            [match("over", 5..<11), match("free", 0..<4), match("behind", 20..<30)])
        #expect(merged.map(\.rule) == ["free", "shown", "behind"])
    }
}
