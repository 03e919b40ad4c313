internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf worker stop`: ends a worker and lets its pin go.
struct WorkerStopCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop a worker, and let what it was created from go.",
        discussion: """
            The engine and what it started are asked to end with SIGTERM, and ended with \
            SIGKILL after the grace time. Stopping a worker that has ended changes nothing.

            EXAMPLES
              sheaf worker stop ticket-12
              sheaf worker stop ticket-12 --grace 60

            JSON
              {"worker": {...}}; a worker is as in 'sheaf worker create'
            """)

    @Argument(help: "The worker.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "How long the engine may take to end, in whole seconds.", valueName: "seconds"))
    var grace: Double = 10

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let longest = WorkerRuntime.longestGrace / .seconds(1)
        guard grace >= 0, grace <= longest else {
            throw ValidationError("'--grace' is a number of seconds from 0 to \(Int(longest)).")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let id = try IdentifierArgument.required(id, as: WorkerID.self)
        let worker = try await console.during("stopping") { () async throws(SheafError) in
            try await store.door(startingEngines: true)
                .stop(id, grace: .seconds(Int(grace.rounded(.up))))
        }
        try console.show(WorkerResult(worker: WorkerRecordView(worker))) { style in
            let verb =
                worker.state == .stopped ? style.green("stopped") : style.yellow("unchanged:")
            let state = worker.state == .stopped ? "" : ", \(worker.state)"
            return "\(verb) \(style.bold(worker.id.rawValue))\(state)\n"
        }
        return .yes
    }
}
