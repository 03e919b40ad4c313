import TestSupport
import Testing

@testable import BundleModel

@Suite("Messages that Sheaf composes")
struct CommitMessageTests {
    static let added = [
        Trailer("Bundle-Workspace", "acme"), Trailer("Bundle-Id", "support-agents"),
        Trailer("Bundle-Source", "git+https://git.example/acme/config@\(Samples.commit)#agents"),
    ]

    static let texts: [String] = [
        "Publish",
        "Publish\n",
        "\n\n  \nPublish\n\n\n",
        "Publish   \nand more\t\n",
        "fix: a title that looks like a trailer",
        "Key: value\nOther: value",
        "# a heading\n\n- one\n- two",
        "Publish\n\nA body.\n\nIn two paragraphs.",
        "Publish\r\n\r\nA body.\r\n",
        "Publish\n\nSigned-off-by: Ada <ada@example.com>",
        "Publish\n\nSigned-off-by: Ada <ada@example.com>\n\n\n",
        "Publish\n\nA body.\n\nSigned-off-by: Ada <ada@example.com>\nCo-authored-by: Bo <b@c.d>",
        "Publish\n\nA body.\nSigned-off-by: Ada <ada@example.com>",
        "Publish\n\none\ntwo\nthree\nfour\nfive\nSigned-off-by: Ada <ada@example.com>",
        "Publish\n\nKey: value\n  folded over\n  lines",
        "Publish\n\nnote: this is a sentence\nand this another",
        "Publish\n\nhttps://example.com/a: b",
        "Publish\n\n---\nnot a divider",
        "Publish\n\n# Conflicts:\n#\tfile",
        "Publish\n\nBody\n# comment",
        "Publish\n\nKey: value\n# comment",
        "Publish\n\nConflicts:\n\tfile",
        "Publish\n\nKey: value\n\nConflicts:\n\tfile",
        "公開する\n\n短いトリアージ。\n\nSigned-off-by: 太郎 <taro@example.jp>",
        "Publish 👍🏽\n\nÄÖÜ\u{00A0}x",
        "Bundle-Id: a title that claims nothing",
        "Publish\n\nBundle-Id: in the text\nis text",
        "Publish\n\nBundle-Id: text\n\nA later paragraph",
        "(cherry picked from commit 1234567)",
        "Publish\n\n(cherry picked from commit 1234567)",
    ]

    @Test("git finds the added trailers last and all others that Sheaf finds", arguments: texts)
    func roundTrip(text: String) async throws {
        let message = try CommitMessage(text: text, adding: Self.added)
        let found = try await GitTrailers.parse([Array(message.text.utf8)])[0]
        #expect(found == message.trailers.map(\.description))
        #expect(Array(message.trailers.suffix(Self.added.count)) == Self.added)
        #expect(message.text.hasSuffix("\n") && !message.text.hasSuffix("\n\n"))
        let read = try CommitMessage(bytes: Array(message.text.utf8))
        #expect(read == message)
    }

    @Test("generated texts compose to what git reads back, or are refused")
    func generated() async throws {
        var generator = SeededGenerator(seed: 7)
        var composed: [CommitMessage] = []
        var refused = 0
        for _ in 0..<2000 {
            let text = Self.text(&generator)
            do throws(SheafError) {
                composed.append(try CommitMessage(text: text, adding: Self.added))
            } catch {
                #expect(error.code == .invalidRequest)
                refused += 1
            }
        }
        #expect(composed.count > 1000 && refused > 20)
        let found = try await GitTrailers.parse(composed.map { Array($0.text.utf8) })
        for (message, expected) in zip(composed, found) {
            #expect(message.trailers.map(\.description) == expected, "\(message.text)")
            #expect(Array(message.trailers.suffix(Self.added.count)) == Self.added)
        }
    }

    @Test("the trailers of the user stand in one block with those of Sheaf")
    func oneBlock() throws {
        let message = try CommitMessage(
            text: "Publish\n\nA body.\n\nSigned-off-by: Ada <ada@example.com>\n",
            adding: Self.added)
        #expect(
            message.text == """
                Publish

                A body.

                Signed-off-by: Ada <ada@example.com>
                \(Self.added.map(\.description).joined(separator: "\n"))

                """)
        #expect(message.subject == "Publish")
        #expect(message.body == "A body.")
    }

    @Test(
        "subject and body are the text for people",
        arguments: [
            ("Publish", "Publish", ""),
            ("Publish\n\nOne\nTwo", "Publish", "One\nTwo"),
            ("Publish\nmore\n\nOne\n\n  Two", "Publish", "more\n\nOne\n\n  Two"),
            ("Publish\n\nKey: value", "Publish", ""),
        ])
    func parts(text: String, subject: String, body: String) throws {
        let message = try CommitMessage(text: text, adding: Self.added)
        #expect(message.subject == subject)
        #expect(message.body == body)
    }

    @Test("subject and body of a message with line ends of Windows are apart")
    func windowsLines() throws {
        let text = "\r\nPublish\r\n\r\nOne\r\nTwo\r\n\r\nKey: value\r\n"
        let message = try CommitMessage(bytes: Array(text.utf8))
        #expect(message.subject == "Publish")
        #expect(message.body == "One\nTwo")
        #expect(message.trailers == [Trailer("Key", "value")])
    }

    @Test("a body has no carriage return in front of its line feeds, however many there were")
    func carriageReturns() throws {
        let text = "Publish\r\r\n\r\r\nOne\r\r\r\nTwo\r\r\n"
        let message = try CommitMessage(bytes: Array(text.utf8))
        #expect(message.subject == "Publish")
        #expect(message.body == "One\nTwo")
    }

    @Test(
        "what cannot be published is an invalid request",
        arguments: [
            "", " ", "\n\t\n", "Publish\u{0}", "Publish\u{1B}[31m", "Publish\rmore",
            "Publish\u{7F}", "Publish\u{85}", "Publish\u{0B}", "Publish\u{0C}",
            "Publish\n\nBundle-Id: other", "Publish\n\nbundle-id: other",
            "Publish\n\nRelease-Channel: stable", "Publish\n\nRELEASE-Anything: x",
            "Publish\n\nBundle-Anything: x\nSigned-off-by: A <a@b.c>",
            "Publish\n\ntext\nBundle-Id : other\nSigned-off-by: A <a@b.c>",
            "Publish\n\n# ------------------------ >8 ------------------------\ndiff",
            "# ------------------------ >8 ------------------------",
        ])
    func refusals(text: String) {
        #expect {
            try CommitMessage(text: text, adding: Self.added)
        } throws: { error in
            (error as? SheafError)?.code == .invalidRequest
        }
    }

    @Test("a message over the limit is refused, one at the limit is not")
    func limit() throws {
        let whole = try CommitMessage(text: "Publish", adding: Self.added).text.utf8.count
        var limits = ContentLimits()
        limits.messageBytes = whole
        _ = try CommitMessage(text: "Publish", adding: Self.added, limits: limits)
        limits.messageBytes = whole - 1
        #expect {
            try CommitMessage(text: "Publish", adding: Self.added, limits: limits)
        } throws: { error in
            (error as? SheafError)?.code == .limitExceeded
        }
    }

    @Test(
        "a message that Git would cut or cannot show has no provenance",
        arguments: [
            [0x54, 0x0A, 0x0A, 0xFF], Array("T\u{0}\n\nBundle-Id: hidden\n".utf8),
            [0x54, 0xC0, 0x80], [0x54, 0xED, 0xA0, 0x80],
        ] as [[UInt8]])
    func unreadable(bytes: [UInt8]) {
        #expect {
            try CommitMessage(bytes: bytes)
        } throws: { error in
            (error as? SheafError)?.code == .provenanceInvalid
        }
    }

    private static let lines = [
        "", "", "", "text", "more text, and more", "Key: value", "Signed-off-by: A <a@b.c>", "# c",
        "  indented", "Conflicts:", "\tfile", "---", "note: x", "(cherry picked from commit 12)",
        "Bundle-Id: other", "# ------------------------ >8 ------------------------", "値: 値",
    ]

    private static func text(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...8, using: &generator)
        return (0..<count).map { _ in lines.randomElement(using: &generator) ?? "" }
            .joined(separator: "\n")
    }
}
