internal import ArgumentParser
internal import BundleModel

/// The root of the servers' command line.
struct SheafdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheafd",
        abstract: "The servers of Sheaf.",
        discussion: """
            'sheaf serve' and 'sheaf runtime serve' hand over to this program, so there is seldom a \
            need to call it.

            EXAMPLES
              sheafd serve --listen 127.0.0.1:7420
              sheafd runtime serve --config /etc/sheaf/runtime.yaml
            """,
        version: "sheafd \(SheafVersion.current)",
        subcommands: [ServeCommand.self, RuntimeCommand.self])
}

/// A verb that serves until it is told to end.
protocol ServerVerb: ParsableCommand {
    /// Serves; every error that leaves it before it listens is a `SheafError`.
    func perform() async throws
}
