internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import SheafCommands

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The program `sheafd`: the servers of Sheaf, apart from `sheaf` because of what they are built of.
///
/// Its exit status is that of `sheaf`: 0 when it was told to end and did, 2 for wrong usage, 1 and 3
/// for what stopped it.
public enum SheafdProgram {
    /// Runs the program with the arguments of the process, and ends the process.
    public static func main() async -> Never {
        exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    static func run(_ arguments: [String]) async -> Int32 {
        SharedHeaps.use()
        // A client that goes away while it is written to must not end the server.
        signal(SIGPIPE, SIG_IGN)
        OpenFiles.allowAll()
        let command: any ParsableCommand
        do {
            command = try SheafdCommand.parseAsRoot(arguments)
        } catch {
            return ServerConsole.end(SheafdCommand.self, error)
        }
        do {
            if let server = command as? any ServerVerb {
                try await server.perform()
            } else {
                var builtin = command
                try builtin.run()
            }
            return 0
        } catch let error as SheafError {
            return ServerConsole.complain(error)
        } catch {
            return ServerConsole.end(SheafdCommand.self, error)
        }
    }
}
