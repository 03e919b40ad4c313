internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime unfollow`: keeps a channel up to date no more.
struct RuntimeUnfollowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "unfollow",
        abstract: "Keep a channel up to date no more that a sync had the daemon follow.",
        discussion: """
            A daemon follows what its configuration names and what was synced through it. This ends \
            the second; what is in service stays there, and 'sheaf runtime sync' begins it anew. \
            What the configuration names is taken out there. Works beside a daemon.

            EXAMPLES
              sheaf runtime unfollow support-agents@canary

            JSON
              {"workspace", "bundle", "channel"}
            """)

    @Argument(help: ArgumentHelp("The channel.", valueName: "bundle@channel"))
    var reference: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let workspace: WorkspaceID
        let bundle: BundleID
        let channel: ChannelID
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try ChannelReference(reference)
        let ended = try await store.door().unfollow(reference, try workspace.value())
        let result = Result(
            workspace: ended.workspace, bundle: ended.bundle, channel: ended.channel)
        try console.show(result) { style in
            "\(style.yellow("no longer followed")) \(style.bold(ended.description))\n"
        }
        return .yes
    }
}
