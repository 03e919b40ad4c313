/// The lists of words that rules for secrets read.
///
/// What each is for, where it comes from and examples are in `boundary-rules.json`, in its section
/// `lists`.
enum WordList: String, CaseIterable, Sendable {
    case stateWord = "state-word"
    case proseWord = "prose-word"
    case unit
    case referenceScheme = "reference-scheme"
    case referenceOpening = "reference-opening"
    case codeOpening = "code-opening"
    case callee
    case algorithm
    case label
    case sentenceWord = "sentence-word"
    case instruction
    case japaneseSentence = "japanese-sentence"
    case shapePlaceholder = "shape-placeholder"
    case schemaKey = "schema-key"
    case authenticationScheme = "authentication-scheme"
    case loginScheme = "login-scheme"
    case userScheme = "user-scheme"

    /// One list as the file describes it.
    struct Description: Sendable {
        let id: String
        /// A noun phrase.
        let description: String
        /// Where the words are described.
        let source: String
        let words: [[UInt8]]
        /// Lines of YAML that are accepted because of a word, and others that are refused.
        let examples: ShapeRule.Examples

        init(_ value: RulesValue) throws(RulesValue.Problem) {
            id = try value.text("id")
            description = try value.text("description")
            source = try value.text("source")
            words = try value.words("words")
            examples = ShapeRule.Examples(try value.object("examples"))
        }
    }

    /// The words in the order of the file.
    var words: [[UInt8]] { Self.all[rawValue] ?? [] }

    private static let all = Dictionary(
        SecretRules.standard.lists.map { ($0.id, $0.words) },
        uniquingKeysWith: { $1 })
}
