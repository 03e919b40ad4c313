internal import ArgumentParser

/// `sheaf channel`: the releases of a bundle.
struct ChannelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "Release revisions on channels, and see what was released.",
        discussion: """
            A channel is a line of releases of a bundle: 'latest', 'canary', 'stable'. Runtimes \
            follow channels, so permission to release is permission to deploy.
            """,
        subcommands: [
            ChannelListCommand.self, ChannelReleaseCommand.self, ChannelRollbackCommand.self,
            ChannelLogCommand.self,
        ])
}
