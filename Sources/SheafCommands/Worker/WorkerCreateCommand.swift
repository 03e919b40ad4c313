internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// `sheaf worker create`: a worker from a profile of a pinned release, or from a builtin one.
struct WorkerCreateCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a worker from a profile, and start its engine.",
        discussion: """
            With --bundle or --pin everything comes from that release; without, the profile is a \
            builtin one and the host policy must allow it. A missing bundle never falls back to \
            a builtin profile.

            The same request under the same --id gives the same worker; another request under it \
            is a conflict. A worker keeps the release that it was created from, so the same \
            command with --bundle gives it again after a sync too; another id gets what is in \
            service. Without --id every call creates a worker.

            When the profile names an engine, the host policy says which program that is, and it \
            is started in a directory of the worker's own below the store; --input is its \
            standard input. A worker that was created with --no-start is started by the same \
            request without it. What was started once is never started again.

            EXAMPLES
              sheaf worker create --profile coder --bundle agents@latest --input "fix 12"
              sheaf worker create --bundle agents@stable --id ticket-12 --input - < task
              sheaf worker create --profile builtin:reviewer --label team=support
              sheaf worker create --bundle agents@stable --no-start

            JSON
              {"isNew", "worker": {"id", "requestedID", "state": "created", "starting",
              "running", "exited", "stopped" or "failed", "exitStatus", "failure",
              "mode": "builtin" or "synced", "pin", "selector", "profile", "profileDigest",
              "policyDigest", "input", "labels", "granted": [reference], "dropped":
              [{"subject", "declaration", "reason", "message"}], "createdAt",
              "startedAt", "endedAt", "stoppedAt"}}; 'requestedID' where another workspace
              has that id, and 'id' is another; 'exitStatus' with exited, 128 and
              the signal's number when one ended it; 'failure' with failed: a code of
              an error, or lost
            """)

    @Option(
        help: ArgumentHelp(
            "The profile: a name, named:<name> or builtin:<name>. Default: the bundle's.",
            valueName: "selector"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "The release in service on this channel.", valueName: "bundle@channel"))
    var bundle: String?

    @Option(
        help: ArgumentHelp(
            "Exactly this release.", valueName: "workspace/bundle@commit@digest"))
    var pin: String?

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: ArgumentHelp("What the worker is for; '-' reads it.", valueName: "text|-"))
    var input = ""

    @Option(help: ArgumentHelp("The worker's id. Default: a new one.", valueName: "id"))
    var id: String?

    @Option(help: ArgumentHelp("A label; may be repeated.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        help: ArgumentHelp(
            "A capability that must be among those granted; may be repeated.", valueName: "name"))
    var require: [String] = []

    @Flag(name: .customLong("no-start"), help: "Create the worker, and start nothing yet.")
    var isNotStarted = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let isNew: Bool
        let worker: WorkerRecordView
    }

    func validate() throws {
        if bundle != nil, pin != nil {
            throw ValidationError("'--bundle' and '--pin' say the same; give one of them.")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let selector = try ProfileSelector(profile ?? "")
        let id = try IdentifierArgument.required(id ?? Self.newID(), as: WorkerID.self)
        let labels = try labels()
        let channel = try bundle.map(ChannelReference.init)
        let given = try pin.map { (text) throws(SheafError) in try ConfigBundleRef(text) }
        let workspace = try workspace.value()
        let intent = WorkerIntent(
            input: input == "-" ? try console.readInput(atMost: 1 << 20) : input, labels: labels)
        let capabilities = try require.map { (text) throws(SheafError) in
            try DeclarationReference(capability: text)
        }
        let door = try await store.door(startingEngines: true)
        let runtime = try await door.settled()
        var pin = given
        if let channel {
            pin = try await earlierPin(of: id, on: channel, workspace, runtime)
            if pin == nil {
                pin = try await runtime.pin(
                    channel.bundle, on: channel.channel, workspace: workspace)
            }
        }
        let created = try await door.create(
            CreateWorkerRequest(
                id: id, selector: selector, pin: pin, intent: intent,
                requiredCapabilities: capabilities), starting: !isNotStarted)
        let result = Result(isNew: created.isNew, worker: WorkerRecordView(created.worker))
        try console.show(result) { style in
            let verb = created.isNew ? style.green("created") : style.yellow("unchanged:")
            return "\(verb) \(WorkerText.detail(created.worker, style))"
        }
        if case .failed = created.worker.state { return .no }
        return .yes
    }

    /// The release of this channel that a worker of this id was created from; nil when there is no
    /// such worker, or it is of something else.
    private func earlierPin(
        of id: WorkerID, on channel: ChannelReference, _ workspace: WorkspaceID?,
        _ runtime: WorkerRuntime
    ) async throws(SheafError) -> ConfigBundleRef? {
        do {
            guard let pin = try await earlierWorker(id, channel, workspace, runtime).pin,
                pin.bundle == channel.bundle, workspace == nil || pin.workspace == workspace,
                try await runtime.contents(of: pin).release.channel == channel.channel
            else { return nil }
            return pin
        } catch  where error.code == .notFound || error.code == .bundleMissing {
            return nil
        }
    }

    /// The worker that this id stands for in the workspace of the channel, as long as that can be told;
    /// else the host's worker of this id.
    private func earlierWorker(
        _ id: WorkerID, _ channel: ChannelReference, _ workspace: WorkspaceID?,
        _ runtime: WorkerRuntime
    ) async throws(SheafError) -> WorkerView {
        let place =
            if let workspace { workspace } else {
                try? await runtime.pin(channel.bundle, on: channel.channel).workspace
            }
        guard let place else { return try await runtime.worker(id) }
        return try await runtime.worker(named: id, in: place)
    }

    /// An id that no other worker has: `w-` and 64 random bits.
    private static func newID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return "w-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }

    private func labels() throws(SheafError) -> [String: String] {
        var labels: [String: String] = [:]
        for text in label {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw SheafError(
                    .invalidRequest, "'\(DisplayText.escape(text))' is no label",
                    hint: "write key=value")
            }
            guard labels.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                throw SheafError(
                    .invalidRequest,
                    "the label '\(DisplayText.escape(String(parts[0])))' is given twice")
            }
        }
        return labels
    }
}
