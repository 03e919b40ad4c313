import Testing

@testable import BundleModel

@Suite("The rules against host paths as data")
struct HostPathRuleFileTests {
    static let rules = HostPathRules.shared.all

    @Test("every rule of the code is in the file, and says what it is, from where, with examples")
    func completeness() {
        #expect(
            Self.rules.map(\.id)
                == HostPathKind.allCases.map(\.rawValue).sorted {
                    Self.order($0) < Self.order($1)
                })
        for rule in Self.rules {
            #expect(!rule.what.isEmpty && !rule.hint.isEmpty, "\(rule.id)")
            #expect(!rule.description.isEmpty && !rule.source.isEmpty, "\(rule.id)")
            #expect(!rule.examples.match.isEmpty && !rule.examples.noMatch.isEmpty, "\(rule.id)")
        }
    }

    private static func order(_ id: String) -> Int {
        rules.firstIndex { $0.id == id } ?? .max
    }

    static let matches = rules.flatMap { rule in rule.examples.match.map { (rule.id, $0) } }
    static let others = rules.flatMap { rule in rule.examples.noMatch.map { (rule.id, $0) } }

    @Test("an example that a rule refuses", arguments: matches)
    func match(rule: String, text: String) {
        #expect(PathFindings.example(text).contains(rule))
    }

    @Test("an example that it accepts", arguments: others)
    func noMatch(rule: String, text: String) {
        #expect(PathFindings.example(text).isEmpty)
    }
}
