import Foundation
import Testing

@testable import BundleModel

@Suite("The shapes of boundary-rules.json")
struct ShapeRulesTests {
    static let rules = SecretRules.standard.shapes

    @Test("the file is read, and every pattern in it")
    func everyPatternIsRead() throws {
        #expect(Self.rules.count > 100)
        for rule in Self.rules {
            #expect(throws: Never.self, "\(rule.id)") { try Shape(rule) }
        }
        #expect(SecretScan.standard.shapes.count == Self.rules.count)
    }

    @Test("every rule has an id of its own, a description, a source and examples of both kinds")
    func everyRuleIsDescribed() {
        #expect(Set(Self.rules.map(\.id)).count == Self.rules.count)
        for rule in Self.rules {
            #expect(rule.id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(rule.id)")
            #expect(rule.description.wholeMatch(of: /(a|an|the) .*[^.]/) != nil, "\(rule.id)")
            #expect(rule.source.hasPrefix("https://"), "\(rule.id)")
            #expect(!rule.examples.match.isEmpty && !rule.examples.noMatch.isEmpty, "\(rule.id)")
        }
    }

    @Test(
        "every example that a rule finds is found by it and refused by the scan", arguments: rules)
    func everyMatchIsFound(_ rule: ShapeRule) throws {
        let alone = SecretScan(
            SecretRules(shapes: [rule], keys: SecretRules.standard.keys))
        for example in rule.examples.match.map(ShapeRule.Examples.plain) {
            for text in [example, "see `\(example)`, please", "x: \"\(example)\"\n"] {
                let rules = alone.matches(in: Array(text.utf8)[...]).map(\.rule)
                #expect(rules.contains(rule.id), "\(rule.id)")
                #expect(!SecretScan.standard.matches(inText: text).isEmpty, "\(rule.id)")
            }
        }
    }

    @Test("every example that a rule leaves is left", arguments: rules)
    func everyOtherTextIsLeft(_ rule: ShapeRule) {
        for example in rule.examples.noMatch.map(ShapeRule.Examples.plain) {
            let found = SecretScan.standard.matches(inText: example)
            #expect(found.isEmpty, "\(rule.id): \(example)")
        }
    }

    @Test("no example stands in the file as it is")
    func noExampleIsInClear() {
        let text = String(decoding: PackageResources.boundary_rules_json, as: UTF8.self)
        for rule in Self.rules {
            for example in rule.examples.match {
                #expect(example.contains("·"), "\(rule.id)")
                #expect(!text.contains(ShapeRule.Examples.plain(example)), "\(rule.id)")
            }
        }
    }
}
