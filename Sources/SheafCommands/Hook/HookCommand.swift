internal import ArgumentParser

/// `sheaf hook`: what Git's hooks run, and how they get where Git looks for them.
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Install Git's hooks, and do their work.",
        subcommands: [
            HookInstallCommand.self, PreReceiveCommand.self, ProcReceiveCommand.self,
            PreCommitCommand.self, CommitMessageCommand.self,
        ])
}
