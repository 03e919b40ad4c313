internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime forget`: forgets what this host knows of a channel.
struct RuntimeForgetCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forget what this host knows of a channel, and take it out of service.",
        discussion: """
            The way out when a repository was restored from a backup and its releases are refused \
            as replayed: the next sync accepts whatever number the repository has. Until then \
            nothing is in service on the channel; live workers keep what they use. That it \
            happened, when and why is recorded, and 'sheaf runtime status' shows it. Works beside \
            a daemon, which goes on following the channel only if its configuration names it.

            EXAMPLES
              sheaf runtime forget support-agents@stable --reason restored

            JSON
              {"channel", "commit", "sequence", "reason", "at"}: what was in service
            """)

    @Argument(help: ArgumentHelp("The channel.", valueName: "bundle@channel"))
    var reference: String

    @Option(help: ArgumentHelp("Why, for whoever asks later: one line.", valueName: "text"))
    var reason: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let channel: String
        let forgotten: StatusView.Forgotten

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(channel, forKey: .channel)
            try forgotten.encode(to: encoder)
        }

        private enum Key: String, CodingKey {
            case channel
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try ChannelReference(reference)
        let workspace = try workspace.value()
        let forgotten = try await store.door().forget(reference, workspace, reason: reason)
        let result = Result(
            channel: reference.description, forgotten: StatusView.Forgotten(forgotten))
        try console.show(result) { style in
            "\(style.yellow("forgotten")) \(style.bold(reference.description)), which was at "
                + "#\(forgotten.sequence)\n"
                + "  nothing is in service on it until: sheaf runtime sync \(reference)\n"
        }
        return .yes
    }
}
