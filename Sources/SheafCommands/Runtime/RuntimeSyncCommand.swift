internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime sync`: fetches, verifies and accepts the newest release of a channel.
struct RuntimeSyncCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Fetch, verify and accept the newest release of a channel.",
        discussion: """
            Where it comes from is in the host policy. Every profile of the release is tried \
            against the host policy, and the outcome is shown; a denied profile does not keep \
            the release out of service.

            On a host without a policy the repository is the one of '--repository' or \
            $SHEAF_REPOSITORY, a path or a URL, and a policy is made for it that grants nothing.

            Where a daemon has the store it makes the sync, by its own host policy: then \
            '--repository' and '--policy' are refused.

            EXAMPLES
              sheaf runtime sync support-agents@latest
              sheaf runtime sync support-agents@stable --workspace acme --timeout 60
              sheaf runtime sync desk@stable --repository https://git.example/acme.git

            JSON
              {"outcome": "accepted", "updated", "moved" or "unchanged", "pin", "release":
              {...}, "previous": {...}, "objects", "bytes", "profiles": [{"profile",
              "allowed", "denied": [{"subject", "declaration", "reason", "message"}],
              "dropped": [...], "failure": {"code", "message"}}]}; a release is as in
              'sheaf channel list'
            """)

    @Argument(help: ArgumentHelp("The channel.", valueName: "bundle@channel"))
    var reference: String

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: ArgumentHelp("How long the transfer may take.", valueName: "seconds"))
    var timeout = 300

    @Option(
        help: ArgumentHelp(
            "The repository, where there is no host policy yet.",
            discussion: "Default: $SHEAF_REPOSITORY.", valueName: "path|url"))
    var repository: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try TimeoutOption.validate(timeout)
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try ChannelReference(reference)
        let workspace = try workspace.value()
        let door = try await door(for: reference, workspace, console)
        let result = try await console.during("fetching and verifying \(reference)") {
            (report: ActivityReport?) async throws(SheafError) in
            var observer: SyncObserver?
            if let report { observer = { report(SyncText.received($0, $1)) } }
            return try await door.sync(
                reference, workspace, deadline: .seconds(timeout), observer: observer)
        }
        try console.show(SyncView(result)) { SyncText.text(result, $0) }
        return .yes
    }

    /// A daemon is asked before anything is made: what it does not use would only mislead.
    private func door(
        for reference: ChannelReference, _ workspace: WorkspaceID?, _ console: Console
    ) async throws(SheafError) -> RuntimeDoor {
        let beside = store.hasSocket ? try await store.door() : nil
        if let beside, case .daemon(let daemon) = beside {
            guard repository == nil else {
                try await daemon.requireAnswer()
                throw SheafError(
                    .invalidRequest,
                    "a daemon has this store, and its host policy says where releases come from",
                    hint: "leave '--repository' out, or write it in the daemon's host policy")
            }
            return beside
        }
        let first = FirstSync(policyPath: store.policyPath(), deadline: .seconds(timeout))
        try await first.prepare(
            reference, from: try RepositoryOptions.location(of: repository), workspace, console)
        return if let beside { beside } else { try await store.door() }
    }
}
