/// A shape of credentials as `boundary-rules.json` describes it.
struct ShapeRule: Sendable {
    /// Texts that the rule finds and leaves.
    struct Examples: Sendable {
        let match: [String]
        let noMatch: [String]

        init(_ value: RulesValue) throws(RulesValue.Problem) {
            match = try value.texts("match")
            noMatch = try value.texts("noMatch")
        }

        /// An example as it is meant: `·` keeps its pieces apart in the file, so that no other
        /// scanner takes it for a credential.
        static func plain(_ example: String) -> String {
            example.replacing("·", with: "")
        }
    }

    /// In kebab case; findings name it.
    let id: String
    /// A noun phrase.
    let description: String
    /// Where the provider describes the format.
    let source: String
    /// In the syntax of ``Pattern``.
    let pattern: String
    /// The literal that the pattern has in its middle, when it starts with none.
    let keyword: String?
    let examples: Examples

    init(_ value: RulesValue) throws(RulesValue.Problem) {
        id = try value.text("id")
        description = try value.text("description")
        source = try value.text("source")
        pattern = try value.text("pattern")
        keyword = try value.optionalText("keyword")
        examples = try Examples(value.object("examples"))
    }
}
