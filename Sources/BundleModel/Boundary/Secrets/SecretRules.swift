/// The parts of `boundary-rules.json` that describe secrets.
struct SecretRules: Decodable, Sendable {
    /// Shapes of credentials, most particular first where two describe the same text.
    let shapes: [ShapeRule]
    /// What the rules that are more than a shape are called, and examples of them.
    let texts: [TextRuleDescription]
    let keys: Keys
    /// Lists of words that the rules read beside the keys.
    let lists: [WordList.Description]
    let commands: [CommandRule]

    /// A rule of ``TextRule`` as the file describes it.
    struct TextRuleDescription: Decodable, Sendable {
        let id: String
        /// A noun phrase.
        let description: String
        /// Where the form is described.
        let source: String
        let examples: ShapeRule.Examples
    }

    /// Words of keys and of values; all in lower case.
    struct Keys: Decodable, Sendable {
        /// Phrases that name one secret; their words may be joined in any way.
        let secret: [String]
        /// Phrases that name several: a list under them may hold names.
        let plural: [String]
        /// Phrases that also name ways, cookies and declarations.
        let weak: [String]
        /// Words for a secret in languages that do not part words; a key ends with one.
        let japanese: [String]
        /// The same for words that also mean other things.
        let japaneseWeak: [String]
        /// Words behind one of these that leave it what it is.
        let japaneseNeutral: [String]
        /// Words behind a phrase that leave it a secret.
        let neutral: [String]
        /// Words behind a phrase that make it something about a secret, whatever the value.
        let metadata: [String]
        /// Words behind a phrase that may make it something about a secret.
        let context: [String]
        /// Words before or behind a phrase that make it a quantity.
        let quantity: [String]
        /// Words right before a phrase that make it something else.
        let prefix: [String]
        /// Words right before a phrase that say what is done with it, or of what kind it is.
        let verbs: [String]
        /// Words that mark a value as one to be replaced.
        let words: [String]
        /// Words that examples of passwords in documentation are made of.
        let common: [String]
        /// Letters of the passwords that people choose most.
        let guessable: [String]
    }

    static let standard = BoundaryRules.standard.secrets

    static let none = SecretRules(
        shapes: [], texts: [],
        keys: Keys(
            secret: [], plural: [], weak: [], japanese: [], japaneseWeak: [], japaneseNeutral: [],
            neutral: [], metadata: [], context: [], quantity: [], prefix: [], verbs: [], words: [],
            common: [], guessable: []),
        lists: [], commands: [])
}
