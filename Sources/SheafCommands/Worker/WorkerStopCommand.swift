internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf worker stop`: ends a worker and lets its pin go.
struct WorkerStopCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop a worker, and let what it was created from go.",
        discussion: """
            Stopping a worker that is stopped changes nothing.

            EXAMPLES
              sheaf worker stop ticket-12

            JSON
              {"worker": {...}}; a worker is as in 'sheaf worker create'
            """)

    @Argument(help: "The worker.")
    var id: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let id = try IdentifierArgument.required(id, as: WorkerID.self)
        let worker = try await store.open(.owner).stopWorker(id)
        try console.show(WorkerResult(worker: WorkerRecordView(worker))) { style in
            "\(style.green("stopped")) \(style.bold(worker.id.rawValue))\n"
        }
        return .yes
    }
}
