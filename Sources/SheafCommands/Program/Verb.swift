internal import ArgumentParser
internal import BundleModel

/// One verb of the command line: what it does, apart from how its errors are shown.
protocol Verb: ParsableCommand {
    /// How results are written.
    var output: OutputOptions { get }

    /// Does the work; every error that leaves a verb is a ``SheafError``.
    func perform(_ console: Console) async throws(SheafError) -> Answer
}

/// What a verb answers when nothing went wrong.
enum Answer: Int32 {
    /// Done, equal, available.
    case yes = 0
    /// Not so: it differs, it is not available.
    case no = 1
}

extension Verb {
    /// Runs the verb, shows its error if there is one, and returns the exit status.
    func runToEnd() async -> Int32 {
        let console = Console(output.format)
        DamageGuard.start(console)
        do throws(SheafError) {
            return try await perform(console).rawValue
        } catch {
            ErrorReport(error).write(to: console)
            return error.code.presentation.exitStatus
        }
    }
}
