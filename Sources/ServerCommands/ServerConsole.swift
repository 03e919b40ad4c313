internal import ArgumentParser
internal import BundleModel
internal import SheafCommands

/// How a server that cannot start says why: as `sheaf` does.
enum ServerConsole {
    /// Shows an error and gives the exit status.
    static func complain(_ error: SheafError) -> Int32 {
        let console = Console(.text)
        ErrorReport(error).write(to: console)
        return error.code.presentation.exitStatus
    }

    /// Shows help that was asked for, or what is wrong with the usage.
    static func end(_ command: any ParsableCommand.Type, _ error: any Error) -> Int32 {
        let full = command.fullMessage(for: error)
        let console = Console(.text)
        if command.exitCode(for: error) == .success {
            try? console.write(full + "\n")
            return 0
        }
        ErrorReport(usage: command.message(for: error), full: full).write(to: console)
        return SheafError.Code.invalidRequest.presentation.exitStatus
    }
}
