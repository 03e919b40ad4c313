import Testing

@testable import BundleModel

@Suite("Messages that are still being written")
struct MessageDraftTests {
    private static let stamp = [Trailer("Bundle-Id", "a"), Trailer("Bundle-Revision", "2")]

    private func stamped(_ text: String, comment: Character? = "#") throws -> String {
        let draft = MessageDraft(
            bytes: Array(text.utf8),
            cleanup: comment.map {
                // 'a' is for the one that Git chose.
                MessageCleanup(
                    mark: $0 == "a" ? .chosenByGit : .text(String($0)), removesComments: true,
                    cutsAtScissors: true)
            })
        return String(decoding: try draft.stamped(with: Self.stamp), as: UTF8.self)
    }

    @Test(
        "the trailers go behind the text and the writer's own, above what Git takes away",
        arguments: [
            ("Title\n", "Title\n\n%"),
            ("Title", "Title\n\n%"),
            ("Title\n\nBody.\n\n\n", "Title\n\nBody.\n\n%"),
            ("Title\n\nSigned-off-by: A <a@b>\n", "Title\n\nSigned-off-by: A <a@b>\n%"),
            ("Title\r\n\r\nAcked-by: A\r\n", "Title\n\nAcked-by: A\n%"),
            ("Title\n\nBundle-Id: old\nBundle-Revision: 1\n", "Title\n\n%"),
            (
                "Title\n\nBundle-Id: old\n more\nAcked-by: A\nrelease-reason: x\n",
                "Title\n\nAcked-by: A\n%"
            ),
            ("Title\n\n# comment\n# more\n", "Title\n\n%\n# comment\n# more"),
            ("Fix: it\n", "Fix: it\n\n%"),
            (
                "Title\n# ------------------------ >8 ------------------------\ndiff\n",
                "Title\n\n%\n# ------------------------ >8 ------------------------\ndiff"
            ),
            // Git cuts at no other line: what stands below stays in the message.
            (
                "Title\n# ------------------------ >8 ----\nbody\n",
                "Title\n# ------------------------ >8 ----\nbody\n\n%"
            ),
            (
                "Title\nKey# ------------------------ >8 ------------------------\nbody\n",
                "Title\nKey# ------------------------ >8 ------------------------\nbody\n\n%"
            ),
            ("Title\n\nKey: e\r\n\r\n", "Title\n\nKey: e\n%"),
            ("Title\r\r\n\r\r\nBody\r\r\n\r\n# c\n", "Title\n\nBody\n\n%\n# c"),
        ])
    func places(text: String, expected: String) throws {
        let block = Self.stamp.map(\.description).joined(separator: "\n") + "\n"
        let result = try stamped(text)
        #expect(result.trimmingLastBreak == expected.replacing("%", with: block).trimmingLastBreak)
        let again = try stamped(result)
        #expect(again.trimmingLastBreak == result.trimmingLastBreak)
    }

    @Test("another character may begin comments")
    func comments() throws {
        #expect(try stamped("Title\n; c\n", comment: ";").contains("Bundle-Revision: 2\n\n; c"))
        #expect(
            try stamped("Title\n\n#1\n\n; c\n;\n", comment: "a")
                .hasSuffix("#1\n\nBundle-Id: a\nBundle-Revision: 2\n\n; c\n;\n"))
        #expect(
            try stamped("Title\n\n#1\n", comment: "a").hasSuffix(
                "#1\n\nBundle-Id: a\nBundle-Revision: 2\n"))
        let cut = "; ------------------------ >8 ------------------------\ndiff"
        #expect(try stamped("Title\n\n; c\n\(cut)\n", comment: "a").hasSuffix("2\n\n; c\n\(cut)\n"))
        // Such trailers Git would take away itself.
        #expect(throws: SheafError.self) { try stamped("Title\n", comment: "B") }
        // Where Git took comments away already, such a line is text.
        for text in ["Title\n\n#1\n", "Title\n\nAcked-by: A\n\n#1\n"] {
            let result = try stamped(text, comment: nil)
            #expect(result.contains("#1") && result.hasSuffix("Bundle-Id: a\nBundle-Revision: 2\n"))
        }
    }

    @Test("nothing written is seen", arguments: ["", "\n\n", "# only\n# comments\n", "  \n#x"])
    func empty(text: String) {
        #expect(MessageDraft(bytes: Array(text.utf8)).isEmpty)
    }

    @Test("a message over the limit is refused")
    func limit() {
        let text = "Title\n\n" + String(repeating: "x", count: 70_000)
        #expect(throws: SheafError.self) { try stamped(text) }
    }
}

extension String {
    fileprivate var trimmingLastBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
