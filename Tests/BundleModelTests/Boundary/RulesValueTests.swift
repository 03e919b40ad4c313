import Foundation
import Testing

@testable import BundleModel

@Suite("The reader of the boundary's rules")
struct RulesValueTests {
    /// The same value as Foundation reads it.
    private static func value(_ object: Any) -> RulesValue {
        switch object {
        case let text as String: .text(text)
        case let list as [Any]: .list(list.map(value))
        case let members as [String: Any]: .object(members.mapValues(value))
        case let number as Int: .number(number)
        default: .word("null")
        }
    }

    private static func expected(_ bytes: [UInt8]) throws -> RulesValue {
        value(
            try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
    }

    @Test("what it reads of the rules is what Foundation reads")
    func standard() throws {
        let bytes = PackageResources.boundary_rules_json
        let read = try RulesValue.read(bytes)
        #expect(read == (try Self.expected(bytes)))
        #expect(BoundaryRules.read(bytes).secrets.shapes.count > 200)
    }

    @Test(
        "escapes, blanks and nesting are read as Foundation reads them",
        arguments: [
            #"{"a": ["x\"y\\z\/", "\b\f\n\r\t", "\u0041\u00e9\u3042"], "b": {}}"#,
            #"["\ud83d\ude00", "é\u0000é", "", []]"#, " [ 1 , -20 , \n\t\r null ] ", #""x""#,
        ])
    func agrees(_ text: String) throws {
        #expect(try RulesValue.read(Array(text.utf8)) == (try Self.expected(Array(text.utf8))))
    }

    @Test(
        "what is no JSON is refused where it stops being some",
        arguments: [
            ("", 0), ("[1,]", 3), ("[1", 2), ("{\"a\" 1}", 5), ("{\"a\":1,\"a\":2}", 7),
            ("\"x", 2), ("\"\\x\"", 1), ("\"\\ud800\"", 1), ("\"\\u12\"", 3), ("[1] x", 4),
            ("1.5", 1), ("nul", 0), ("\"a\nb\"", 2),
            (String(repeating: "[", count: 17), 16),
        ])
    func refused(_ text: String, _ offset: Int) {
        #expect(throws: RulesValue.Problem.syntax(offset)) {
            try RulesValue.read(Array(text.utf8))
        }
    }

    @Test("a member that is missing or of another type is named")
    func members() throws {
        let value = try RulesValue.read(Array(#"{"a": 1, "b": ["x", 2], "c": {"d": "e"}}"#.utf8))
        #expect(throws: RulesValue.Problem.member("a")) { try value.text("a") }
        #expect(throws: RulesValue.Problem.member("b")) { try value.texts("b") }
        #expect(throws: RulesValue.Problem.member("z")) { try value.texts("z") }
        #expect(throws: RulesValue.Problem.member("d")) { try value.lists("c") }
        #expect(try value.object("c").text("d") == "e")
        #expect(try value.optionalText("z") == nil)
    }
}
