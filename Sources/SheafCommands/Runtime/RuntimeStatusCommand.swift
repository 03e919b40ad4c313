internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime status`: what this host knows of each channel.
struct RuntimeStatusCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is wanted, what was tried and what is in service, for each channel.",
        discussion: """
            A condition is there only while it is true: stale, refused, sync_failed, findings, \
            preflight_denied, not_followed, policy_unreadable, damaged; each with a stable reason. \
            A refused release stays there until a good one arrives. Works beside the process that \
            owns the store.

            EXAMPLES
              sheaf runtime status
              sheaf runtime status support-agents@stable --format json

            JSON
              {"channels": [{"workspace", "bundle", "channel", "desired": {"commit",
              "sequence", "digest"}, "attempted": {...}, "accepted": {...}, "acceptedAt",
              "attemptedAt", "contactedAt", "conditions": [{"kind", "reason", "message",
              "since"}], "forgotten": {"commit", "sequence", "reason", "at"}}]}; an accepted
              release is as in 'sheaf channel list'
            """)

    @Argument(help: ArgumentHelp("Only this channel.", valueName: "bundle@channel"))
    var reference: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try reference.map { (text) throws(SheafError) in
            try ChannelReference(text)
        }
        let channels = try await store.open(.reader).status(
            of: reference?.bundle, on: reference?.channel, workspace: try workspace.value())
        if let reference, channels.isEmpty {
            throw SheafError(
                .notFound, "nothing is known of '\(reference)' on this host",
                hint: "sheaf runtime sync \(reference)")
        }
        if channels.isEmpty { console.note("this host follows no channel yet") }
        try console.show(StatusView(channels)) { StatusText.text(channels, $0) }
        return .yes
    }
}
