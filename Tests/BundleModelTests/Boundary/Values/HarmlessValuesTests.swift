import Testing

@testable import BundleModel

@Suite("Scalars that are kept back")
struct HarmlessValuesTests {
    /// What the scan finds in the scalars of a text, with all of them or without the harmless.
    private static func matches(
        _ text: [UInt8], _ kind: TextKind, keepsBackHarmless: Bool
    ) -> (found: [String], values: Int) {
        var reader = StructuredReader(
            kind, keepingBackBy: keepsBackHarmless ? HostPathScan() : nil)
        var found: [String] = []
        var values = 0
        reader.read(text[...], isLast: true) { value in
            values += 1
            let matches =
                SecretScan.standard.matches(in: value) + HostPathScan().matches(in: value)
            found += matches.map { "\(value.line):\(value.column) \($0.rule) \($0.offset)" }
        }
        return (found, values)
    }

    private static let pieces = [
        "a", "pw", "password", "token", "key", "name", "value", "secrets", "db", ": ", ":", "=",
        "- ", "\n", "\n  ", "/", "/x", "~", "~/.x", "$H", "$HOME", "%", "%7e", "%2F", "%252F",
        "\\", "C:", "@", ".", "..", "../", ".sock", ".pid", "\"", "'", "[", "]", "{", "}", ",",
        "#", "x1y2z3", "1", "true", "tmp", "hunter2", "--token", "unix:", "|", "&a ", "*a",
        "!secret ",
        "パスワード", "ｐｗ", "cGFzc3dvcmQ9", "\u{0}",
    ]

    @Test(
        "nothing is found in them", arguments: [TextKind.yaml, .json, .toml, .settings, .markdown])
    func nothing(_ kind: TextKind) {
        var state: UInt64 = 11
        var kept = 0
        var found = 0
        for round in 0..<1_000 {
            var text = kind == .markdown ? "---\n" : ""
            for place in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += Self.pieces[Int(state >> 33) % Self.pieces.count]
                // Every other text has a line for each third piece.
                if round % 2 == 0 { text += ["", kind == .settings ? "=" : ": ", "\n"][place % 3] }
            }
            if kind == .markdown { text += "\n---\n" }
            let bytes = Array(text.utf8)
            let all = Self.matches(bytes, kind, keepsBackHarmless: false)
            let rest = Self.matches(bytes, kind, keepsBackHarmless: true)
            #expect(all.found == rest.found, "\(text.debugDescription)")
            kept += all.values - rest.values
            found += all.found.count
        }
        #expect(kept > 100 && found > 50, "\(kept) kept back, \(found) found")
    }
}
