import Foundation
import Testing

@testable import BundleModel

@Suite("What lies across the edge of a window of a large file")
struct FileWindowTests {
    /// A token of a known shape, put together so that it stands nowhere in clear.
    private static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"
    private static let part = 128 * 1024
    private static let reach = SecretScan.reach

    private static func findings(_ bytes: [UInt8], path: String) -> [Finding] {
        var scan = FileScan(path: path)
        var rest = bytes[...]
        while rest.count > part {
            scan.read(rest.prefix(part), isLast: false)
            rest = rest.dropFirst(part)
        }
        scan.read(rest, isLast: true)
        return scan.findings
    }

    /// Scans `text` so that its byte number `mark` lies at `offset`; empty lines stand around it.
    private static func isFoundOnce(
        _ text: String, mark: Int, at offset: Int, path: String
    ) -> Bool {
        let before = Array(repeating: UInt8(ascii: "\n"), count: offset - mark)
        let after = Array(repeating: UInt8(ascii: "\n"), count: 2 * reach)
        let bytes = before + Array(text.utf8) + after
        let parts = findings(bytes, path: path)
        return parts.count == 1 && parts == BoundaryScan.findings(in: bytes, path: path)
            && parts[0].line == before.count + 1
    }

    /// Both edges: where the bytes end that were read, and where the matches end that are reported.
    static let offsets = [part, part - reach].flatMap { edge in
        stride(from: edge - 66, through: edge + 18, by: 6).map { $0 }
    }

    @Test("a token in base64 whose run begins long before", arguments: offsets)
    func base64(offset: Int) {
        let filler = String(repeating: "lorem ipsum ", count: 1_000)
        let text = Data("\(filler)\(Self.token) \(filler)".utf8).base64EncodedString()
        #expect(Self.isFoundOnce(text, mark: 16_000, at: offset, path: "a.md"))
    }

    @Test("a token with an escape in it, in a long run without blanks", arguments: offsets)
    func escapes(offset: Int) {
        let run = "\\u0041" + String(repeating: "ab/", count: 2_727)
        let text = "\(run)/\\u0067\(Self.token.dropFirst())"
        #expect(Self.isFoundOnce(text, mark: run.utf8.count, at: offset, path: "a.js"))
    }

    @Test("a path of a host in prose", arguments: offsets)
    func paths(offset: Int) {
        #expect(
            Self.isFoundOnce(
                "Read /home/alice/work/notes.md first.", mark: 5, at: offset, path: "a.md"))
    }

    @Test("a password beside its key", arguments: offsets)
    func beside(offset: Int) {
        #expect(
            Self.isFoundOnce(
                "The password: Sakura-7781!", mark: 14, at: offset, path: "a.md"))
    }

    @Test("escapes in a run without blanks, wherever the token stands in it")
    func runs() {
        for length in stride(from: Self.reach - 60, through: Self.reach + 12, by: 4) {
            let run = "\\u0041" + String(repeating: "a", count: length - 7) + "/"
            let text = "x = \"\(run)\\u0067\(Self.token.dropFirst())\""
            let found = BoundaryScan.findings(in: Array(text.utf8), path: "a.js")
            #expect(found.map(\.column) == [6 + run.utf8.count])
        }
    }
}
