import TestSupport
import Testing

@testable import BundleModel

@Suite("Trailers are found as git finds them")
struct TrailerBlockTests {
    static let messages: [String] = [
        "",
        "\n",
        "\n\n\n",
        "title",
        "title\n",
        "Key: value",
        "Key: value\n",
        "Signed-off-by: A <a@b.c>\n",
        "title\nKey: value\n",
        "title\n\nKey: value",
        "title\n\nKey: value\n",
        "title\n\nKey: value\n\n\n",
        "title\n\nKey: value\n  \n\t\n",
        "title\n\nKey: value\n\u{0C}\n",
        "title\n\nKey: value\n\u{0B}\n",
        "\n\ntitle\n\nKey: value\n",
        "\n\nKey: value\n",
        "Key: value\n\nOther: value\n",
        "title\n\nbody\n\nKey: value\n",
        "title\n\nbody\n\nKey: value\nOther-Key: value: with: colons\n",
        "title\n\nbody\nKey: value\n",
        "title\n\nKey: value\nbody\n",
        "title\n\nKey: value\n\nbody\n",
        "title\n\nKey:value\n",
        "title\n\nKey:\n",
        "title\n\nKey: \n",
        "title\n\nKey : value\n",
        "title\n\nKey\t: value\n",
        "title\n\nKey with spaces: value\n",
        "title\n\n: value\n",
        "title\n\n Key: value\n",
        "title\n\n-: value\n",
        "title\n\n-Key-: value\n",
        "title\n\nK_ey: value\n",
        "title\n\nKëy: value\n",
        "title\n\nキー: 値\n",
        "title\n\nKey: 値 – ü\n",
        "title\n\nKey: \u{00A0}value\u{00A0}\n",
        "title\n\n1: value\n",
        "title\n\nKey=value\n",
        "title\n\nKey: value\n folded\n",
        "title\n\nKey: value\n\tfolded\n   twice\nOther: value\n",
        "title\n\nKey:\n folded\n",
        "title\n\nKey: value \n   folded  \n",
        "title\n\nKey: value\n \n",
        "title\n\n folded\nKey: value\n",
        "title\n\nbody\n folded\nKey: value\nSigned-off-by: A <a@b.c>\n",
        "title\n\n# comment\nKey: value\n",
        "title\n\nKey: value\n# comment\n",
        "title\n\nKey: value\n# comment\nOther: value\n",
        "title\n\nKey: value\n# comment\n folded\nOther: value\n",
        "title\n\nKey: value\n folded\n# comment\nOther: value\n",
        "title\n\nKey: value\n\n# comment\n# comment\n",
        "# comment\ntitle\n\nKey: value\n",
        "# comment\n\nKey: value\n",
        "# comment\n",
        "#\n#\n",
        "#\nConflicts:\n\tfile\n",
        "Conflicts:\n\tfile\n",
        "title\n\nKey: value\n\nConflicts:\n\tfile\n\tother\n",
        "title\n\nKey: value\n\nConflicts:\n\tfile\n\ttwo\n\nbody\n",
        "title\n\nKey: value\n\nConflicts:\n\tfile\nOther: value\n",
        "title\n\nKey: value\n\nConflicts: \n\tfile\n",
        "title\n\nKey: value\n# Conflicts:\n#\tfile\n",
        "title\n\nKey: value\n# ------------------------ >8 ------------------------\ndiff\n",
        "title\n\nKey: value\n# ------------------------ >8 ------------------------\n",
        "title\n\nKey: value\n# ------------------------ >8 ------------------------",
        "title\n\nKey: value\n# ----------------------- >8 ------------------------\ndiff\n",
        "# ------------------------ >8 ------------------------\n\nKey: value\n",
        "title\n\nKey: value\n---\n file | 2 +-\n",
        "title\n\n---\nKey: value\n",
        "title\n\none\nSigned-off-by: A <a@b.c>\n",
        "title\n\none\ntwo\nthree\nSigned-off-by: A <a@b.c>\n",
        "title\n\none\ntwo\nthree\nfour\nSigned-off-by: A <a@b.c>\n",
        "title\n\none\ntwo\nthree\nfour\nSigned-off-by: A <a@b.c>\nKey: value\n",
        "title\n\none\n two\n three\n four\nSigned-off-by: A <a@b.c>\n",
        "title\n\none\nSigned-off-by:A <a@b.c>\n",
        "title\n\none\nsigned-off-by: A <a@b.c>\n",
        "title\n\none\n(cherry picked from commit 1234567)\n",
        "title\n\n(cherry picked from commit 1234567)\n",
        "title\n\n(cherry picked from commit 1234567)\n folded\nKey: value\n",
        "title\n\nKey: value\n(cherry picked from commit 1234567)\n",
        "title\n\nKey: value\n\n(cherry picked from commit 1234567)\n",
        "title\r\n\r\nKey: value\r\n",
        "title\r\n\r\nbody\r\n\r\nKey: value\r\nOther: value\r\n",
        "title\r\n\r\nKey: value\r\n\tfolded\r\n",
        "title\n\nKey: value\r\n\r\n",
        "title\n\r\nKey: value\n",
        "title\n\nhttps://example.com/\n",
        "title\n\nKey: value\nhttps://example.com/\n",
        "title\n\nnote: this is text\n",
        "title\n\n1. first: one\n",
        "title\n\nKey: one\nKey: two\nkey: three\n",
        "title\n\nFixes #12\nSigned-off-by: A <a@b.c>\n",
        "\u{FEFF}title\n\nKey: value\n",
        "title\n\n\u{FEFF}Key: value\n",
        "title\u{2028}\u{2028}Key: value\n",
        "title\n \nKey: value\n",
        "title\n\nBundle-Workspace: acme\nBundle-Id: agents\nSigned-off-by: A <a@b.c>\n",
    ]

    @Test("a message gives the trailers that git prints", arguments: messages)
    func table(message: String) async throws {
        let found = try await GitTrailers.parse([Array(message.utf8)])
        #expect(TrailerBlock(message: Array(message.utf8)).trailers.map(\.description) == found[0])
    }

    @Test("generated messages give the trailers that git prints", arguments: 0..<4)
    func generated(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let messages = (0..<1000).map { _ in Self.message(&generator) }
        let found = try await GitTrailers.parse(messages)
        #expect(found.count == messages.count)
        for (message, expected) in zip(messages, found) {
            let own = TrailerBlock(message: message).trailers.map(\.description)
            #expect(own == expected, "\(String(decoding: message, as: UTF8.self).debugDescription)")
        }
        // The generator is only of use when it makes blocks and other messages alike.
        let blocks = found.count { !$0.isEmpty }
        #expect(blocks > messages.count / 10 && blocks < messages.count * 9 / 10)
    }

    private static let lines = [
        "", "", "", "", " ", "\t", "\r", "\u{0B}", "\u{0C}", "title", "a line of text", "text:",
        "Key: value", "Key: value", "Key: value", "Other-Key: value: more", "Key:", "Key: ",
        "Key with spaces: value", "Key : value", " Key: value", "K_y: value", "Kéy: value",
        "-: value", ": value", "値: value", "Key: 値", "Signed-off-by: A <a@b.c>",
        "Signed-off-by: A <a@b.c>", "Signed-off-by:A", "(cherry picked from commit 12345)",
        " folded", "\tfolded", "   folded: more", "\u{0B}folded", "# comment", "# comment: value",
        "#", "Conflicts:", "Conflicts: ", "\tfile", "---", "https://example.com",
        "# ------------------------ >8 ------------------------", "Bundle-Id: agents",
        "Bundle-Revision: 1", "Release-Reason: because", "Key=value", "\u{00A0}", "\u{2028}",
    ]

    private static func message(_ generator: inout SeededGenerator) -> [UInt8] {
        let count = Int.random(in: 0...12, using: &generator)
        var message: [UInt8] = []
        if Bool.random(using: &generator) { message += Array("title\n\n".utf8) }
        let lineEnd = Int.random(in: 0..<8, using: &generator) == 0 ? "\r\n" : "\n"
        for index in 0..<count {
            message += Array((lines.randomElement(using: &generator) ?? "").utf8)
            let isLast = index == count - 1 && Int.random(in: 0..<4, using: &generator) == 0
            if !isLast { message += Array(lineEnd.utf8) }
        }
        return message
    }
}
