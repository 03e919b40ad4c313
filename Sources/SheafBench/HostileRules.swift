internal import Foundation

/// Inputs for ``HostileText`` that the rules of the boundary themselves give: every example of a
/// rule, whole and without its last character, over and over.
enum HostileRules {
    private struct File: Decodable {
        struct Rule: Decodable {
            struct Examples: Decodable {
                let match: [String]
                let noMatch: [String]
            }

            let id: String
            let examples: Examples
        }

        let shapes: [Rule]
        let texts: [Rule]
        let paths: [Rule]
    }

    /// How an example is repeated: in running text, as one value, and as many.
    private static let frames: [(path: String, head: String, before: String, behind: String)] = [
        ("a.md", "", "", ""), ("a.md", "", "", " "), ("a.yaml", "a: ", "", ""),
        ("a.yaml", "", "- ", "\n"), ("a.json", "[", "\"", "\","), ("a.env", "", "PASSWORD=", "\n"),
        ("a.toml", "", "a = \"", "\"\n"),
    ]

    /// All of them; the file of rules lies beside the sources of this program.
    static func all() throws -> [HostileText] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Data(
            contentsOf: sources.appending(path: "BundleModel/Boundary/Rules/boundary-rules.json"))
        let file = try JSONDecoder().decode(File.self, from: bytes)
        return (file.shapes + file.texts + file.paths).flatMap(inputs)
    }

    private static func inputs(_ rule: File.Rule) -> [HostileText] {
        // A point in the middle of the line keeps the pieces of an example apart in the file.
        let match = rule.examples.match.map { $0.replacing("·", with: "") }
        let near = match.map { String($0.dropLast()) }
        let start = match.map { String($0.prefix(max(3, $0.count / 3))) }
        let kinds = [
            ("examples", match), ("near misses", near), ("beginnings", start),
            ("counterexamples", rule.examples.noMatch.map { $0.replacing("·", with: "") }),
        ]
        return kinds.flatMap { kind, texts in
            frames.flatMap { frame in
                texts.filter { !$0.isEmpty }.map { text in
                    HostileText(
                        "\(kind) of \(rule.id)", frame.path,
                        frame.before + text + frame.behind, head: frame.head)
                }
            }
        }
    }
}
