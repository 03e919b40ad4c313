import Foundation
import TestSupport
import Testing

@testable import BundleModel

@Suite("The shapes of boundary-rules.json")
struct ShapeRulesTests {
    static let rules = SecretRules.standard.shapes

    @Test("the file is read, and every pattern in it")
    func everyPatternIsRead() throws {
        #expect(Self.rules.count > 100)
        for rule in Self.rules {
            let pattern = try #require(try Shape(rule).pattern, "\(rule.id)")
            #expect(pattern.stateCount > 2, "\(rule.id)")
        }
        #expect(SecretScan.standard.shapes.count == Self.rules.count)
    }

    @Test("the literals that lead to a shape are those that its whole pattern starts with")
    func literalsAreThoseOfThePattern() throws {
        for rule in Self.rules where rule.keyword == nil {
            let pattern = try PatternParser.parse(rule.pattern)
            #expect(try Set(Shape(rule).literals) == Set(pattern.prefixes), "\(rule.id)")
        }
    }

    @Test("without tables the same is found")
    func littleFindsTheSame() {
        for rule in Self.rules {
            let examples = rule.examples.match.map(ShapeRule.Examples.plain) + rule.examples.noMatch
            for text in examples.flatMap({
                ["see \($0), please", "x: \"\($0)\"", "PASSWORD=\($0)"]
            }) {
                let found = SecretScan.little.matches(inText: text)
                #expect(found == SecretScan.standard.matches(inText: text), "\(rule.id)")
            }
        }
    }

    @Test("every rule has an id of its own, a description, a source and examples of both kinds")
    func everyRuleIsDescribed() {
        #expect(Set(Self.rules.map(\.id)).count == Self.rules.count)
        for rule in Self.rules {
            #expect(rule.id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(rule.id)")
            #expect(rule.description.wholeMatch(of: /(a|an|the) .*[^.]/) != nil, "\(rule.id)")
            // What is our own is defined by a file of this project.
            let own = Fixtures.packageRoot.appending(path: rule.source).path()
            #expect(
                rule.source.hasPrefix("https://") || FileManager.default.fileExists(atPath: own),
                "\(rule.id)")
            #expect(!rule.examples.match.isEmpty && !rule.examples.noMatch.isEmpty, "\(rule.id)")
        }
    }

    @Test(
        "every example that a rule finds is found by it and refused by the scan", arguments: rules)
    func everyMatchIsFound(_ rule: ShapeRule) throws {
        let alone = SecretScan(
            SecretRules(
                shapes: [rule], texts: [], keys: SecretRules.standard.keys, lists: [],
                commands: []))
        for example in rule.examples.match.map(ShapeRule.Examples.plain) {
            for text in [example, "see `\(example)`, please", "x: \"\(example)\"\n"] {
                let rules = alone.matches(in: Array(text.utf8)[...]).map(\.rule)
                #expect(rules.contains(rule.id), "\(rule.id)")
                #expect(!SecretScan.standard.matches(inText: text).isEmpty, "\(rule.id)")
            }
        }
    }

    /// The pattern once for each of the alternatives in it, with that one alone.
    private func alternatives(_ node: Pattern.Node) -> [Pattern.Node] {
        switch node {
        case .bytes: []
        case .choice(let branches):
            branches.flatMap { branch in
                let inner = alternatives(branch)
                return inner.isEmpty ? [branch] : inner
            }
        case .sequence(let parts):
            parts.indices.flatMap { index in
                alternatives(parts[index]).map { alternative in
                    var changed = parts
                    changed[index] = alternative
                    return .sequence(changed)
                }
            }
        case .repeated(let node, let least, let most):
            alternatives(node).map { .repeated($0, atLeast: max(1, least), atMost: most) }
        }
    }

    @Test("every alternative of a pattern has an example that it finds", arguments: rules)
    func everyAlternativeIsFound(_ rule: ShapeRule) throws {
        let pattern = try PatternParser.parse(rule.pattern)
        let examples = rule.examples.match.map { Array(ShapeRule.Examples.plain($0).utf8) }
        for node in alternatives(.sequence(pattern.parts)) {
            guard case .sequence(let parts) = node else { continue }
            let automaton = LazyAutomaton(
                Pattern(parts: parts, notBefore: pattern.notBefore, notAfter: pattern.notAfter)
            ).automaton
            let isFound = examples.contains { example in
                example.indices.contains { start in
                    var memory = PatternAutomaton.Memory()
                    return automaton.end(in: example.span, from: start, memory: &memory) != nil
                }
            }
            #expect(isFound, "\(rule.id): \(parts)")
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
