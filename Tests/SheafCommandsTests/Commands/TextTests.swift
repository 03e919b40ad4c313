import BundleModel
import Testing

@testable import SheafCommands

@Suite("Text for people")
struct TextTests {
    private let plain = TextStyle(isTerminal: false, isColoured: false)

    @Test("columns are aligned by what they take on a terminal")
    func table() {
        var table = TextTable(["NAME": .left, "N": .right, "TEXT": .left])
        table.add(["日本", "1", "one"])
        table.add(["abcdef", "12", ""])
        table.add(["a\u{1B}", "3", "x\ny"])
        #expect(
            table.text(plain) == """
                NAME      N  TEXT
                日本      1  one
                abcdef   12
                a\\u{1b}   3  x y

                """)
    }

    @Test(
        "widths count East Asian characters twice and accents not at all",
        arguments: [("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("ｶﾅ", 2), ("全角！", 6), ("", 0)])
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(
        "bytes are rounded down to a tenth",
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.0 KiB"),
            (4608, "4.5 KiB"), (1 << 20, "1.0 MiB"), ((1 << 20) - 1, "1023.9 KiB"),
            (256 << 20, "256.0 MiB"), (1 << 40, "1024.0 GiB"),
        ])
    func bytes(count: Int, text: String) {
        #expect(ByteCount.text(count) == text)
    }

    @Test("every code is shown as text and as JSON", arguments: SheafError.Code.allCases)
    func everyCode(code: SheafError.Code) throws {
        let finding = Finding(
            code: code, rule: "a-rule", path: "bundle.yaml", line: 3, column: 5,
            message: "this is wrong", hint: "write it right")
        let error = SheafError(
            code, "something happened", details: ["expected": "a", "findings": "1"],
            hint: "do this", findings: [finding])
        #expect(
            ErrorReport(error).text(plain) == """
                error: something happened (\(code.rawValue))
                bundle.yaml:3:5: \(code.rawValue) a-rule: this is wrong
                  hint: write it right
                  expected: a
                hint: do this

                """)
        let json = try JSONValue(Array(JSONText.encode(ErrorView(error)).utf8))
        #expect(json["error"]?.keys == ["code", "message", "details", "hint", "findings"])
        #expect(json["error"]?["code"]?.text == code.rawValue)
        #expect(json["error"]?["findings"]?[0]?["line"]?.number == 3)
    }

    @Test("colour is only in text that may have it")
    func colour() {
        let error = SheafError(.notFound, "it is not there")
        let coloured = TextStyle(isTerminal: true, isColoured: true)
        #expect(ErrorReport(error).text(coloured).contains("\u{1B}[31merror:\u{1B}[0m"))
        #expect(!ErrorReport(error).text(plain).contains("\u{1B}"))
    }
}
