internal import ArgumentParser
internal import BundleModel

/// `sheaf serve`: hands over to `sheafd`, which is a program of its own because of what servers are
/// built of.
struct ServeCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the repository of a workspace over HTTP, with the push gate.",
        discussion: "'sheaf serve --help' tells more when the program 'sheafd' is installed.")

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        throw ServerProgram.become(["serve"] + arguments)
    }
}
