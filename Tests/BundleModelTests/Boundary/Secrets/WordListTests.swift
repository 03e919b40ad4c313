import Testing

@testable import BundleModel

@Suite("The lists of words and the commands of boundary-rules.json")
struct WordListTests {
    static let lists = SecretRules.standard.lists
    static let commands = SecretRules.standard.commands

    private func rules(_ line: String) -> [String] {
        let text = Array((ShapeRule.Examples.plain(line) + "\n").utf8)
        return BoundaryScan.findings(in: text, path: "a.yaml").map(\.rule)
    }

    @Test("every list is described, has words in lower case or of a label, and is read by a rule")
    func everyListIsDescribed() {
        #expect(Self.lists.map(\.id).sorted() == WordList.allCases.map(\.rawValue).sorted())
        for list in Self.lists {
            #expect(list.description.wholeMatch(of: /(a|an|the|what) .*[^.]/) != nil, "\(list.id)")
            #expect(list.source.hasPrefix("https://"), "\(list.id)")
            #expect(!list.words.isEmpty, "\(list.id)")
            #expect(!list.examples.match.isEmpty && !list.examples.noMatch.isEmpty, "\(list.id)")
        }
    }

    @Test(
        "a value that a list describes is accepted, and one beside it refused",
        arguments: lists.map(\.id))
    func examples(_ id: String) throws {
        let list = try #require(Self.lists.first { $0.id == id })
        for line in list.examples.match { #expect(rules(line) == [], "\(id): \(line)") }
        for line in list.examples.noMatch { #expect(rules(line) != [], "\(id): \(line)") }
    }

    @Test("every command line is refused with a password and accepted without", arguments: commands)
    func everyCommand(_ rule: CommandRule) {
        for text in ["\(rule.match)", "Run `\(rule.match)` first.", "\(rule.match)\nthen go on"] {
            let found = SecretScan.standard.matches(inText: ShapeRule.Examples.plain(text))
            #expect(found.map(\.rule) == ["secret-on-command-line"], "\(text)")
        }
        #expect(SecretScan.standard.matches(inText: rule.noMatch).isEmpty, "\(rule.noMatch)")
    }
}
