internal import ArgumentParser
internal import BundleModel

/// The root of the servers' command line.
struct SheafdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheafd",
        abstract: "The servers of Sheaf.",
        discussion: """
            'sheaf serve' hands over to this program, so there is seldom a need to call it.

            EXAMPLES
              sheafd serve --listen 127.0.0.1:7420
            """,
        version: "sheafd \(SheafVersion.current)",
        subcommands: [ServeCommand.self])
}

/// A verb that serves until it is told to end.
protocol ServerVerb: ParsableCommand {
    /// Serves; every error that leaves it before it listens is a `SheafError`.
    func perform() async throws
}
