import Testing

@testable import BundleModel

@Suite("What may stand around the literals of shapes")
struct SurroundingsTests {
    private static func places(_ pattern: String, _ count: Int = 4) throws -> [[UInt8]] {
        try PatternParser.parse(Array(pattern.utf8)).places(count).map(\.members)
    }

    @Test(
        "the bytes at each of the first places are those of some match",
        arguments: [
            ("abc", ["a", "b", "c", nil]), ("a?b", ["ab", nil, nil, nil]),
            ("(ab|c)d", ["ac", "bd", nil, nil]), ("a{2}b", ["a", "a", "b", nil]),
            ("a{1,2}b", ["a", "ab", nil, nil]), ("[ab]{2,}c", ["ab", "ab", "abc", nil]),
        ] as [(String, [String?])])
    func placesOfPattern(_ pattern: String, _ expected: [String?]) throws {
        // A match may have ended before, and anything follows.
        let all = ByteSet.all.members
        #expect(try Self.places(pattern) == expected.map { $0.map { Array($0.utf8) } ?? all })
    }

    @Test("what may not stand behind a match is excluded right behind it alone")
    func placeBehindMatch() throws {
        let places = try PatternParser.parse(Array("ab(?![c])".utf8)).places(4)
        #expect(places[2] == ByteSet(ascii: "c").complement)
        #expect(places[3] == .all)
    }

    @Test("a table tells the bytes on both sides of a place, and the ends of a text allow all")
    func tables() {
        var around = Surroundings()
        let table = around.table([ByteSet(ascii: "a"), ByteSet(ascii: "bc")])
        #expect(around.table([ByteSet(ascii: "a"), ByteSet(ascii: "bc")]) == table)
        #expect(around.table([.all, .all]) == Surroundings.any)
        let places = around.places
        func behind(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return Surroundings.allows(table, of: places.span, behind: 1, in: bytes.span)
        }
        func before(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return Surroundings.allows(
                table, of: places.span, before: bytes.count - 1, in: bytes.span)
        }
        #expect(["-abx", "-acx", "-a", "-"].allSatisfy(behind))
        #expect(["-x", "-ax", "-ba"].allSatisfy { !behind($0) })
        #expect(["xba-", "ca-", "a-", "-"].allSatisfy(before))
        #expect(["x-", "xa-", "ab-"].allSatisfy { !before($0) })
    }

    @Test("a scan with tables and one without find the same in every example of a shape")
    func sameWithTables() throws {
        for rule in SecretRules.standard.shapes {
            let examples = rule.examples.match + rule.examples.noMatch
            for text in examples.map(ShapeRule.Examples.plain) {
                for text in [text, "x\(text)", "\(text)x", " \(text) \(text.dropLast()) "] {
                    let found = SecretScan.standard.matches(inText: text)
                    #expect(found == SecretScan.little.matches(inText: text), "\(rule.id)")
                }
            }
        }
    }
}
