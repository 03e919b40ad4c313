internal import AccessTokens
internal import ArgumentParser
internal import BundleModel
internal import Foundation

/// `sheaf token list`
struct TokenListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens: what each allows, never the token itself.",
        discussion: """
            EXAMPLES
              sheaf token list
              sheaf token list --format json

            JSON
              {"tokens": [{"id", "workspace", "bundles", "scopes", "createdAt", "expiresAt",
              "isExpired", "note"}]}
            """)

    @OptionGroup var tokens: TokenOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let tokens: [TokenView]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let now = Date()
        let known = try tokens.file.tokens()
        let result = Result(tokens: (known ?? []).map { TokenView($0, now: now) })
        try console.show(result) { style in
            result.tokens.map { token in
                let scopes = token.scopes.map(\.rawValue).joined(separator: ",")
                let note = token.note.map { "  \(TextStyle.safe($0))" } ?? ""
                return
                    "\(style.bold(token.id))  \(token.subject)  \(scopes)  \(token.term)\(note)\n"
            }.joined()
        }
        if known == nil { console.note("there are no tokens: servers serve this machine only") }
        return .yes
    }
}
