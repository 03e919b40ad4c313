internal import ArgumentParser

/// `sheaf token`: who may use a server of ours.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke the tokens of our servers.",
        discussion: """
            A token is shown once, when it is made; the file of tokens has its hash. A server that \
            runs sees a change within a second.

            EXAMPLES
              sheaf token create --workspace acme --scope read --note "runtimes of site 2"
              sheaf token list
              sheaf token revoke 3f9a0c2b7d11
            """,
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}
