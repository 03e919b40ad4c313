import Foundation
import Testing

@testable import BundleModel

@Suite("The reader of the boundary's rules")
struct RulesValueTests {
    /// A value with all that is in it.
    private indirect enum Tree: Hashable {
        case text(String)
        case number(String)
        case list([Tree])
        case object([String: Tree])
        case word

        init(_ value: RulesValue) {
            self =
                switch value.kind {
                case .text: .text(value.content)
                case .number: .number(value.content)
                case .list: .list(value.members.map(Tree.init))
                case .object:
                    .object(
                        Dictionary(
                            uniqueKeysWithValues: zip(value.names, value.members.map(Tree.init))))
                case .word: .word
                }
        }

        /// The same as Foundation reads it.
        init(_ object: Any) {
            self =
                switch object {
                case let text as String: .text(text)
                case let list as [Any]: .list(list.map(Tree.init))
                case let members as [String: Any]: .object(members.mapValues(Tree.init))
                case let number as Int: .number(String(number))
                default: .word
                }
        }
    }

    private static func expected(_ bytes: [UInt8]) throws -> Tree {
        Tree(try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
    }

    @Test("what it reads of the rules is what Foundation reads")
    func standard() throws {
        let bytes = PackageResources.boundary_rules_json
        let read = Tree(try RulesValue.read(bytes))
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
        let read = Tree(try RulesValue.read(Array(text.utf8)))
        #expect(read == (try Self.expected(Array(text.utf8))))
    }

    @Test(
        "what is no JSON is refused where it stops being some",
        arguments: [
            ("", 0), ("[1,]", 3), ("[1", 2), ("{\"a\" 1}", 5), ("{\"a\":1,\"a\":2}", 7),
            ("\"x", 2), ("\"\\x\"", 1), ("\"\\ud800\"", 1), ("\"\\u12\"", 3), ("[1] x", 4),
            ("1.5", 1), ("-", 0), ("nul", 0), ("\"a\nb\"", 2), (#"{"\u0061": 1}"#, 1),
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
        #expect(throws: RulesValue.Problem.member("b")) { try value.words("b") }
        #expect(throws: RulesValue.Problem.member("b")) { try value.object("b") }
        #expect(throws: RulesValue.Problem.member("c")) { try value.bytes("c") }
        #expect(try value.object("c").text("d") == "e")
        #expect(try value.optionalText("z") == nil)
    }
}
