internal import ArgumentParser
internal import BundleModel

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The program `sheaf`: reads its arguments, runs one verb, and ends with an exit status.
///
/// The status is 0 for yes, 1 when the answer is no (refused, differs, not there), 2 for wrong
/// usage, and 3 when the environment failed.
public enum SheafProgram {
    /// Runs the program with the arguments of the process, and ends the process.
    public static func main() async -> Never {
        exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command line and returns its exit status.
    static func run(_ arguments: [String]) async -> Int32 {
        // Asked for by scripts at every start: answered before the tree of commands is built.
        if arguments == ["--version"] { return end(Console(.text), stating: SheafCommand.version) }
        if let worker = SupervisedWorker(arguments: arguments) { return await worker.run() }
        if let hook = ServerHook(arguments: arguments) { return await run(hook) }
        if ServerProgram.takes(arguments) { return end(ServerProgram.become(arguments)) }
        let command: any ParsableCommand
        do {
            command = try SheafCommand.parseAsRoot(arguments)
        } catch {
            return end(arguments, error)
        }
        if let verb = command as? any Verb {
            return await verb.runToEnd()
        }
        do {
            var builtin = command
            try builtin.run()
            return 0
        } catch {
            return end(arguments, error)
        }
    }

    private static func run(_ hook: ServerHook) async -> Int32 {
        hook.prepare()
        let console = Console(.text)
        DamageGuard.start(console)
        do throws(SheafError) {
            return try await hook.run(deadline: nil, console).rawValue
        } catch {
            ErrorReport(error).write(to: console)
            return error.code.presentation.exitStatus
        }
    }

    private static func end(_ error: SheafError) -> Int32 {
        ErrorReport(error).write(to: Console(.text))
        return error.code.presentation.exitStatus
    }

    /// Ends without a verb: help and completion scripts were asked for, or the usage is wrong.
    private static func end(_ arguments: [String], _ error: any Error) -> Int32 {
        let code = SheafCommand.exitCode(for: error)
        let full = SheafCommand.fullMessage(for: error)
        if code == .success { return end(Console(.text), stating: full) }
        let console = Console(OutputFormat(scanning: arguments))
        ErrorReport(usage: SheafCommand.message(for: error), full: full).write(to: console)
        return SheafError.Code.invalidRequest.presentation.exitStatus
    }

    private static func end(_ console: Console, stating text: String) -> Int32 {
        do throws(SheafError) {
            try console.write(text + "\n")
            return 0
        } catch {
            ErrorReport(error).write(to: console)
            return error.code.presentation.exitStatus
        }
    }
}
