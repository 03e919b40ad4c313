internal import AccessTokens
internal import ArgumentParser
internal import BundleModel
internal import Foundation

/// `sheaf token revoke`
struct TokenRevokeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take a token away; servers refuse it a second later.",
        discussion: """
            EXAMPLES
              sheaf token revoke 3f9a0c2b7d11

            JSON
              {"revoked": {"id", "workspace", "bundles", "scopes", "createdAt", "expiresAt",
              "isExpired", "note"}}
            """)

    @Argument(help: ArgumentHelp("The token's id, as 'sheaf token list' shows it."))
    var id: String

    @OptionGroup var tokens: TokenOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let revoked: TokenView
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let view = TokenView(try tokens.file.revoke(id), now: Date())
        try console.show(Result(revoked: view)) { style in
            "\(style.green("revoked")) \(view.id) for \(view.subject)\n"
        }
        return .yes
    }
}
