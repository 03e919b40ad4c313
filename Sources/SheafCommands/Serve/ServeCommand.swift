internal import ArgumentParser
internal import BundleModel

/// `sheaf serve`: hands over to `sheafd`, which is a program of its own because of what servers are
/// built of.
struct ServeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the repository of a workspace over HTTP, with the push gate.",
        discussion: """
            This hands over to the program 'sheafd', which tells more when it is installed.

            EXAMPLES
              sheaf serve --listen 127.0.0.1:7420

            JSON
              Nothing is written to standard output.
            """)

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        throw ServerProgram.become(["serve"] + arguments)
    }
}
