internal import ArgumentParser

/// `sheaf worker`: the workers of this host.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Create workers from pinned profiles, and see and stop them.",
        discussion: """
            A worker is created from one profile: of a pinned release, or a builtin one where \
            the host policy allows it. What it may use, and the program that runs it, the host \
            policy decides. A worker goes on when the command that created it has ended.
            """,
        subcommands: [
            WorkerCreateCommand.self, WorkerListCommand.self, WorkerShowCommand.self,
            WorkerStopCommand.self, WorkerLogsCommand.self,
        ])
}
