/// A rule against host paths, as `boundary-rules.json` has it for the reader and for the scan.
struct HostPathRule: Decodable, Sendable {
    /// Texts that a test holds the rule to: of YAML where they parse as pairs, of Markdown else.
    struct Examples: Decodable, Sendable {
        let match: [String]
        let noMatch: [String]
    }

    let id: String
    /// What it looks like, as a noun phrase.
    let what: String
    /// What to write instead.
    let hint: String
    let description: String
    /// Where the format is described.
    let source: String
    /// Words that the rule goes by, under names that the description explains.
    let data: [String: [String]]
    let examples: Examples
}
