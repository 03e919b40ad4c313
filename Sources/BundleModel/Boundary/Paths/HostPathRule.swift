/// A rule against host paths, as `boundary-rules.json` has it for the reader and for the scan.
struct HostPathRule: Sendable {
    let id: String
    /// What it looks like, as a noun phrase.
    let what: String
    /// What to write instead.
    let hint: String
    let description: String
    /// Where the format is described.
    let source: String
    /// Texts that a test holds the rule to: of YAML where they parse as pairs, of Markdown else.
    let examples: ShapeRule.Examples
    private let data: RulesValue

    /// Words that the rule goes by, under names that the description explains.
    func words(_ name: String) -> [[UInt8]] { (try? data.words(name)) ?? [] }

    init(_ value: RulesValue) throws(RulesValue.Problem) {
        id = try value.text("id")
        what = try value.text("what")
        hint = try value.text("hint")
        description = try value.text("description")
        source = try value.text("source")
        data = try value.object("data")
        examples = ShapeRule.Examples(try value.object("examples"))
    }
}
