/// A shape of credentials as `boundary-rules.json` describes it.
struct ShapeRule: Sendable {
    /// Texts that the rule finds and leaves; read when a test asks for them.
    struct Examples: Sendable {
        private let value: RulesValue

        init(_ value: RulesValue) { self.value = value }

        var match: [String] { (try? value.texts("match")) ?? [] }
        var noMatch: [String] { (try? value.texts("noMatch")) ?? [] }

        /// An example as it is meant: `·` keeps its pieces apart in the file, so that no other
        /// scanner takes it for a credential.
        static func plain(_ example: String) -> String {
            example.replacing("·", with: "")
        }
    }

    /// In kebab case; findings name it.
    let id: String
    /// In the syntax of ``Pattern``.
    let pattern: [UInt8]
    /// The literal that the pattern has in its middle, when it starts with none.
    let keyword: [UInt8]?
    let examples: Examples
    private let value: RulesValue

    /// A noun phrase.
    var description: String { (try? value.text("description")) ?? "" }
    /// Where the provider describes the format.
    var source: String { (try? value.text("source")) ?? "" }

    init(_ value: RulesValue) throws(RulesValue.Problem) {
        self.value = value
        id = try value.text("id")
        pattern = try value.bytes("pattern")
        keyword = try value.optionalBytes("keyword")
        examples = Examples(try value.object("examples"))
    }
}
