internal import ArgumentParser

/// `sheaf runtime`: the releases that this host holds.
struct RuntimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract: "Bring releases to this host, and see what is in service.",
        discussion: """
            A runtime follows channels: it fetches a release, verifies it, and puts it in \
            service only when everything agrees. What fails leaves the release in service where \
            it is.
            """,
        subcommands: [
            RuntimeSyncCommand.self, RuntimeListCommand.self, RuntimeCheckCommand.self,
            RuntimeVerifyCommand.self, RuntimePreflightCommand.self, RuntimeStatusCommand.self,
            RuntimeExportCommand.self, RuntimeImportCommand.self, RuntimeGcCommand.self,
            RuntimeForgetCommand.self, RuntimeUnfollowCommand.self, RuntimeServeCommand.self,
        ])
}
