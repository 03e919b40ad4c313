internal import AccessTokens
internal import ArgumentParser
internal import BundleModel

/// Which file of tokens a verb works on.
struct TokenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file of tokens.",
            discussion: """
                Default: $SHEAF_TOKENS, or sheaf/tokens.json in $XDG_STATE_HOME (~/.local/state).
                """, valueName: "path"),
        completion: .file())
    var tokens: String?

    /// The file.
    var file: TokenFile { TokenFile(path: tokens ?? DefaultLocations().tokenFile) }
}
