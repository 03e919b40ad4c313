/// A shape of credentials as `boundary-rules.json` describes it.
struct ShapeRule: Decodable, Sendable {
    /// Texts that the rule finds and leaves.
    struct Examples: Decodable, Sendable {
        let match: [String]
        let noMatch: [String]

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
}
