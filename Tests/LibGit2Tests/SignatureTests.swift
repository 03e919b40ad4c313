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
        ] as [(String, String, Int64, Int)])
    func readsAndWrites(_ header: String, _ name: String, _ seconds: Int64, _ offset: Int) throws {
        let signature = try #require(Signature(header: header))
        #expect(signature.name == name)
        #expect(signature.seconds == seconds)
        #expect(signature.offsetMinutes == offset)
        #expect(signature.header == header)
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
            "name <mail> 1 +٠٠٠٠",
        ])
    func refuses(_ header: String) {
        #expect(Signature(header: header) == nil)
    }
}
