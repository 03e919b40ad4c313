internal import ArgumentParser
internal import BundleModel

/// `sheaf runtime serve`: hands over to `sheafd`.
struct RuntimeServeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Follow channels, and serve the runtime over HTTP.",
        discussion: """
            This hands over to the program 'sheafd', which tells more when it is installed.

            EXAMPLES
              sheaf runtime serve --config /etc/sheaf/runtime.yaml

            JSON
              Nothing is written to standard output.
            """)

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        throw ServerProgram.become(["runtime", "serve"] + arguments)
    }
}
