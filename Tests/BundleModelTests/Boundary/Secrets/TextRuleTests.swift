import Testing

@testable import BundleModel

@Suite("The rules of boundary-rules.json that are more than a shape")
struct TextRuleTests {
    static let rules = SecretRules.standard.texts

    @Test("every rule is described, and every description has a rule")
    func everyRuleIsDescribed() {
        #expect(Self.rules.map(\.id).sorted() == TextRule.allCases.map(\.rawValue).sorted())
        for rule in Self.rules {
            #expect(rule.description.wholeMatch(of: /(a|an|the) .*[^.]/) != nil, "\(rule.id)")
            #expect(rule.source.hasPrefix("https://"), "\(rule.id)")
            #expect(!rule.examples.match.isEmpty && !rule.examples.noMatch.isEmpty, "\(rule.id)")
        }
    }

    /// The rules that find something in an example; those for literals are written `keys: value`.
    private func found(_ example: String, by rule: String) -> [String] {
        let text = ShapeRule.Examples.plain(example)
        guard rule == TextRule.literal.rawValue, let range = text.firstRange(of: ": ") else {
            return SecretScan.standard.matches(inText: text).map(\.rule)
        }
        let value = ScannedValue(
            keys: text[..<range.lowerBound].split(separator: ".").map { Array($0.utf8) },
            text: Array(text[range.upperBound...].utf8), style: .plain, line: 1, column: 1,
            pairName: nil)
        return SecretScan.standard.matches(in: value).map(\.rule)
    }

    @Test("every example is found or left as its rule says", arguments: rules.map(\.id))
    func everyExample(_ id: String) throws {
        let rule = try #require(Self.rules.first { $0.id == id })
        for example in rule.examples.match {
            #expect(found(example, by: id) == [id], "\(example)")
        }
        for example in rule.examples.noMatch {
            #expect(found(example, by: id) == [], "\(example)")
        }
    }
}
