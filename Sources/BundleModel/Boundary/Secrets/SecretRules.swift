/// The parts of `boundary-rules.json` that describe secrets.
struct SecretRules: Sendable {
    /// Shapes of credentials, most particular first where two describe the same text.
    let shapes: [ShapeRule]
    /// What the rules that are more than a shape are called, and examples of them.
    let texts: [TextRuleDescription]
    let keys: Keys
    /// Lists of words that the rules read beside the keys.
    let lists: [WordList.Description]
    let commands: [CommandRule]

    /// A rule of ``TextRule`` as the file describes it.
    struct TextRuleDescription: Sendable {
        let id: String
        /// A noun phrase.
        let description: String
        /// Where the form is described.
        let source: String
        let examples: ShapeRule.Examples

        init(_ value: RulesValue) throws(RulesValue.Problem) {
            id = try value.text("id")
            description = try value.text("description")
            source = try value.text("source")
            examples = ShapeRule.Examples(try value.object("examples"))
        }
    }

    /// Words of keys and of values; all in lower case.
    struct Keys: Sendable {
        /// Phrases that name one secret; their words may be joined in any way.
        let secret: [[UInt8]]
        /// Phrases that name several: a list under them may hold names.
        let plural: [[UInt8]]
        /// Phrases that also name ways, cookies and declarations.
        let weak: [[UInt8]]
        /// Words for a secret in languages that do not part words; a key ends with one.
        let japanese: [[UInt8]]
        /// The same for words that also mean other things.
        let japaneseWeak: [[UInt8]]
        /// Words behind one of these that leave it what it is.
        let japaneseNeutral: [[UInt8]]
        /// Words behind a phrase that leave it a secret.
        let neutral: [[UInt8]]
        /// Words behind a phrase that make it something about a secret, whatever the value.
        let metadata: [[UInt8]]
        /// Words behind a phrase that may make it something about a secret.
        let context: [[UInt8]]
        /// Words before or behind a phrase that make it a quantity.
        let quantity: [[UInt8]]
        /// Words right before a phrase that make it something else.
        let prefix: [[UInt8]]
        /// Words right before a phrase that say what is done with it, or of what kind it is.
        let verbs: [[UInt8]]
        /// Words that mark a value as one to be replaced.
        let words: [[UInt8]]
        /// Words that examples of passwords in documentation are made of.
        let common: [[UInt8]]
        /// Letters of the passwords that people choose most.
        let guessable: [[UInt8]]
    }

    init(_ file: RulesValue) throws(RulesValue.Problem) {
        shapes = try file.list("shapes", of: ShapeRule.init)
        texts = try file.list("texts", of: TextRuleDescription.init)
        keys = try Keys(file.object("keys"))
        lists = try file.list("lists", of: WordList.Description.init)
        commands = try file.list("commands", of: CommandRule.init)
    }

    init(
        shapes: [ShapeRule], texts: [TextRuleDescription], keys: Keys,
        lists: [WordList.Description], commands: [CommandRule]
    ) {
        self.shapes = shapes
        self.texts = texts
        self.keys = keys
        self.lists = lists
        self.commands = commands
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

extension SecretRules.Keys {
    init(_ value: RulesValue) throws(RulesValue.Problem) {
        self.init(
            secret: try value.words("secret"),
            plural: try value.words("plural"),
            weak: try value.words("weak"),
            japanese: try value.words("japanese"),
            japaneseWeak: try value.words("japaneseWeak"),
            japaneseNeutral: try value.words("japaneseNeutral"),
            neutral: try value.words("neutral"),
            metadata: try value.words("metadata"),
            context: try value.words("context"),
            quantity: try value.words("quantity"),
            prefix: try value.words("prefix"),
            verbs: try value.words("verbs"),
            words: try value.words("words"),
            common: try value.words("common"),
            guessable: try value.words("guessable"))
    }
}
