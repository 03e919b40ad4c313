import Testing

@testable import BundleModel

@Suite("The patterns of shapes")
struct PatternTests {
    private func end(_ pattern: String, _ text: String, backwards: Bool = false) throws -> Int? {
        let parsed = try PatternParser.parse(Array(pattern.utf8))
        let automaton = PatternAutomaton(backwards ? parsed.reversed : parsed)
        var memory = PatternAutomaton.Memory()
        let bytes = Array(text.utf8)
        return automaton.end(
            in: bytes.span, from: backwards ? bytes.count : 0, backwards: backwards, memory: &memory
        )
    }

    @Test(
        "a pattern ends where its shortest match does",
        arguments: [
            ("abc", "abcd", 3), ("a[bc]d", "acd", 3), ("ab?c", "ac", 2), ("ab?c", "abc", 3),
            ("a{3}", "aaaa", 3), ("a{2,}b", "aaaab", 5), ("a{1,3}b", "aaab", 4),
            ("(ab|cd)e", "cde", 3), ("(ab)+c", "ababc", 5), ("[^x]y", "zy", 2), ("\\d\\w", "1_", 2),
            ("(?i)aBc", "AbC", 3), ("a\\b", "a", 1), ("a\\b", "a-", 1), ("a(?![b])", "ac", 1),
            ("a(b|c|)d", "ad", 2), ("a[-_]b", "a-b", 3), ("\\.[.]", "..", 2), ("a{0,}b", "b", 1),
        ])
    func matches(_ pattern: String, _ text: String, _ expected: Int) throws {
        #expect(try end(pattern, text) == expected)
    }

    @Test(
        "a pattern that does not match gives nothing",
        arguments: [
            ("abc", "ab"), ("abc", "abx"), ("a{3}", "aa"), ("a{1,3}b", "aaaab"), ("a\\b", "ab"),
            ("a(?![b])", "ab"), ("[a-c]", "d"), ("abc", ""), ("a+b", "aaa"),
        ])
    func doesNotMatch(_ pattern: String, _ text: String) throws {
        #expect(try end(pattern, text) == nil)
    }

    @Test("read backwards, a pattern ends at its first byte")
    func readsBackwards() throws {
        #expect(try end("\\bab{2}", "-abb", backwards: true) == 1)
        #expect(try end("\\bab{2}", "xabb", backwards: true) == nil)
        #expect(try end("\\bab{2}", "abb", backwards: true) == 0)
    }

    @Test(
        "what is not of the subset is refused",
        arguments: [
            "a*", "a.b", "^a", "a$", "(a", "a)", "[a", "a{2,1}", "a{9999}", "a{", "\\1", "a\\bb",
            "(?=a)", "[]", "a**", "?",
        ])
    func refuses(_ pattern: String) {
        #expect(throws: PatternError.self) { try PatternParser.parse(Array(pattern.utf8)) }
    }

    @Test("a run that fails is not made again from within it")
    func runsAreLinear() throws {
        let automaton = PatternAutomaton(
            try PatternParser.parse(
                Array("ab[ab-]{4,}\\.[ab-]{2,}!".utf8)))
        let bytes = Array(String(repeating: "ab-", count: 20_000).utf8)
        var memory = PatternAutomaton.Memory()
        for start in stride(from: 0, to: bytes.count, by: 3) {
            #expect(automaton.end(in: bytes.span, from: start, memory: &memory) == nil)
        }
        #expect(memory.steps < bytes.count * 10)
    }
}
