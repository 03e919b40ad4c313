import BundleModel
import Testing

@Suite("Scalars are typed by the schema")
struct YamlTypingTests {
    /// Reads the value of `v: <text>`.
    static func node(_ text: String) throws -> YamlNode {
        let root = try #require(YamlText("v: \(text)").root)
        guard case .mapping(let entries) = root.content else { throw SheafError(.notFound, "map") }
        return try #require(entries.first).value
    }

    @Test(
        "where text is expected, a scalar is that text",
        arguments: [
            ("no", "no"), ("yes", "yes"), ("on", "on"), ("1.10", "1.10"), ("0x1F", "0x1F"),
            ("0o17", "0o17"), ("012", "012"), ("1_000", "1_000"), ("12:30:45", "12:30:45"),
            ("2024-01-01", "2024-01-01"), ("true", "true"), ("1e3", "1e3"), (".inf", ".inf"),
            ("'null'", "null"), ("\"~\"", "~"), ("'true'", "true"), ("\"1\"", "1"), ("nil", "nil"),
            ("|\n  no", "no"), ("NULLs", "NULLs"), ("a b", "a b"), ("=", "="),
        ])
    func text(_ written: String, _ meant: String) throws {
        let log = FindingLog(path: "x")
        #expect(try Self.node(written).text(for: "v", log: log)?.value == meant)
        #expect(log.findings == [])
    }

    @Test(
        "nothing, a list and a map are not text",
        arguments: ["", "~", "null", "Null", "NULL", "[a]", "{a: b}", "\n  - a"])
    func notText(_ written: String) throws {
        let log = FindingLog(path: "x")
        #expect(try Self.node(written).text(for: "v", log: log) == nil)
        #expect(log.findings.map(\.rule) == ["wrong-type"])
        #expect(log.findings.map(\.code) == [.malformedBundle])
    }

    @Test("only plain true and false are booleans")
    func boolean() throws {
        let log = FindingLog(path: "x")
        #expect(try Self.node("true").boolean(for: "v", log: log) == true)
        #expect(try Self.node("false").boolean(for: "v", log: log) == false)
        #expect(log.findings == [])
        let others = [
            "yes", "no", "on", "off", "True", "TRUE", "1", "0", "'true'", "\"false\"", "",
        ]
        for other in others {
            #expect(try Self.node(other).boolean(for: "v", log: log) == nil, "\(other)")
        }
        #expect(log.findings.count == others.count)
    }

    @Test("whole numbers have the grammar of JSON")
    func integer() throws {
        let log = FindingLog(path: "x")
        for (text, number) in [("0", 0), ("-0", 0), ("42", 42), ("-7", -7)] {
            #expect(try Self.node(text).integer(for: "v", log: log) == number)
        }
        #expect(log.findings == [])
        for other in ["+1", "01", "0x1F", "1_0", "1.0", "1e2", "'1'", "１", "99999999999999999999"] {
            #expect(try Self.node(other).integer(for: "v", log: log) == nil, "\(other)")
        }
    }

    @Test(
        "a setting is a number or a boolean only in the grammar of JSON, else text",
        arguments: [
            ("1", .integer(1)), ("-12", .integer(-12)), ("0.5", .number(0.5)),
            ("1.10", .number(1.1)), ("1e3", .number(1000)), ("1.0", .number(1)),
            ("true", .bool(true)), ("false", .bool(false)), ("yes", .string("yes")),
            ("no", .string("no")), ("True", .string("True")), ("0x1F", .string("0x1F")),
            ("012", .string("012")), ("+1", .string("+1")), (".5", .string(".5")),
            ("5.", .string("5.")), ("1_000", .string("1_000")), (".nan", .string(".nan")),
            ("'1'", .string("1")), ("\"true\"", .string("true")), ("''", .string("")),
            ("'~'", .string("~")),
            (
                "[1, 'a', true, [no]]",
                .list([.integer(1), .string("a"), .bool(true), .list([.string("no")])])
            ),
        ] as [(String, SettingValue)])
    func setting(_ written: String, _ meant: SettingValue) throws {
        let log = FindingLog(path: "x")
        #expect(SettingValue(try Self.node(written), for: "v", log: log) == meant)
        #expect(log.findings == [])
    }

    @Test("a setting is never nothing, a map, or a number beyond its range")
    func notSetting() throws {
        for written in ["{a: 1}", "[{a: 1}]", "[~]", "1e999", "9223372036854775808"] {
            let log = FindingLog(path: "x")
            #expect(SettingValue(try Self.node(written), for: "v", log: log) == nil)
            #expect(log.findings.count == 1)
        }
    }
}
