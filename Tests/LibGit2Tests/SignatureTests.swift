import LibGit2
import Testing

@Suite struct SignatureTests {
    @Test(
        "a signature is read from a header and written back the same",
        arguments: [
            ("A U Thor <author@example.org> 1700000000 +0000", "A U Thor", 1_700_000_000, 0),
            ("x <> 0 +0530", "x", 0, 330), ("Ünï <ü@x> 1 -0930", "Ünï", 1, -570),
            (" <mail> 99999999999 +1400", "", 99_999_999_999, 840),
            ("two  spaces  <m> 5 -0001", "two  spaces ", 5, -1),
            // Git reads bytes: an accent behind a bracket or a space belongs to neither.
            ("a \u{338} <\u{338}m\u{301}> 5 +0100", "a \u{338}", 5, 60),
            // No offset that Git writes, but what others have written stays as it is.
            ("a <m> 5 -0000", "a", 5, 0), ("a <m> 5 +0060", "a", 5, 60),
            ("a <m> 5 +9999", "a", 5, 6039), ("a <m> 5 -0099", "a", 5, -99),
        ] as [(String, String, Int64, Int)])
    func readsAndWrites(_ header: String, _ name: String, _ seconds: Int64, _ offset: Int) throws {
        let signature = try #require(Signature(header: header))
        #expect(signature.name == name)
        #expect(signature.seconds == seconds)
        #expect(signature.offsetMinutes == offset)
        #expect(signature.header == header)
    }

    @Test("another offset is written as Git writes it")
    func changed() throws {
        var signature = try #require(Signature(header: "a <m> 5 -0000"))
        #expect(signature != Signature(header: "a <m> 5 +0000"))
        signature.offsetMinutes = 0
        #expect(signature == Signature(header: "a <m> 5 +0000"))
    }

    @Test(
        "what git fsck would not accept is no signature",
        arguments: [
            "", "name", "name <mail>", "name <mail> ", "name <mail> 1", "name <mail> 1 ",
            "name <mail> 1 0000", "name <mail> 1 +000", "name <mail> 1 +00000",
            "name <mail> 01 +0000", "name <mail> -1 +0000", "name <mail> +1 +0000",
            "name <mail>  1 +0000", "name <mail> 1  +0000", "name<mail> 1 +0000",
            "na>me <mail> 1 +0000", "name <ma<il> 1 +0000", "name <mail>> 1 +0000",
            "name <mail> 1 +0000 ", "name <mail> 99999999999999999999 +0000", "<mail> 1 +0000",
            "name <mail> 1 ++000", "na\nme <mail> 1 +0000", "name <ma\0il> 1 +0000",
            "name <mail> 1 +٠٠٠٠", "na>\u{338}me <mail> 1 +0000", "name <ma<\u{338}il> 1 +0000",
            "name\u{301}<mail> 1 +0000", "name <mail>\u{338} 1 +0000",
        ])
    func refuses(_ header: String) {
        #expect(Signature(header: header) == nil)
    }
}
