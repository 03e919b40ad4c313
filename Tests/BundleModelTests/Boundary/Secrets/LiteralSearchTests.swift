import Testing

@testable import BundleModel

@Suite("The search for many literals")
struct LiteralSearchTests {
    private func found(_ literals: [String], in text: String) -> [String] {
        let literals = literals.map { Array($0.utf8) }
        let along = places(of: literals, LiteralSearch(literals, hasTable: false), in: text)
        let byTable = places(of: literals, LiteralSearch(literals), in: text)
        #expect(along == byTable)
        return along
    }

    private func places(
        of literals: [[UInt8]], _ search: LiteralSearch, in text: String
    ) -> [String] {
        let bytes = Array(text.utf8)
        var run = search.run
        var found: [String] = []
        while let endings = run.advance(in: bytes.span) {
            found += endings.map {
                "\(String(decoding: literals[search.endings[$0]], as: UTF8.self))@\(run.index)"
            }
        }
        return found
    }

    @Test("a literal that is given twice is found twice, in the order in which it was given")
    func findsTwins() {
        let search = LiteralSearch(["ab", "b", "ab"].map { Array($0.utf8) })
        let bytes = Array("xab".utf8)
        var run = search.run
        let endings = run.advance(in: bytes.span)
        #expect(endings?.map { search.endings[$0] } == [0, 2, 1])
    }

    @Test("every occurrence is found, those within others too, whatever the case")
    func findsAll() {
        #expect(
            found(["he", "she", "his", "hers"], in: "uSHErs his")
                == ["she@4", "he@4", "hers@6", "his@10"])
        #expect(found(["aa"], in: "aaaa") == ["aa@2", "aa@3", "aa@4"])
        #expect(found(["パス", "ス"], in: "パス") == ["パス@6", "ス@6"])
        #expect(found(["a"], in: "") == [])
    }

    @Test("what a naive search finds is found")
    func agreesWithNaiveSearch() {
        let literals = ["ab", "ba", "aab", "bb", "abab", "b-a"]
        var state: UInt32 = 7
        var text = ""
        for _ in 0..<2_000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            text.append(["a", "b", "-"][Int(state >> 24) % 3])
        }
        let bytes = Array(text.utf8)
        var expected: [String] = []
        for end in 1...bytes.count {
            for literal in literals.sorted(by: { $0.utf8.count > $1.utf8.count })
            where bytes[..<end].suffix(literal.utf8.count).elementsEqual(literal.utf8) {
                expected.append("\(literal)@\(end)")
            }
        }
        #expect(found(literals, in: text).sorted() == expected.sorted())
    }

    @Test("the states of all rules have room beside the mark of a literal's end")
    func room() {
        let count = SecretScan.standard.search.stateCount
        #expect((1000..<0x8000).contains(count))
    }
}
