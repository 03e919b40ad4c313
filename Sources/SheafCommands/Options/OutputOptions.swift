internal import ArgumentParser

/// The options that every verb has.
struct OutputOptions: ParsableArguments {
    @Option(help: "How results and errors are written.")
    var format = OutputFormat.text
}
