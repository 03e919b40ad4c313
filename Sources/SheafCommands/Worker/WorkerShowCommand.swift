internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf worker show`: one worker.
struct WorkerShowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a worker: what it was created from, and what it was granted.",
        discussion: """
            Works beside the process that owns the store.

            EXAMPLES
              sheaf worker show ticket-12

            JSON
              {"worker": {...}}; a worker is as in 'sheaf worker create'
            """)

    @Argument(help: "The worker.")
    var id: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let id = try IdentifierArgument.required(id, as: WorkerID.self)
        let worker = try await store.open(.reader).worker(id)
        try console.show(WorkerResult(worker: WorkerRecordView(worker))) {
            WorkerText.detail(worker, $0)
        }
        return .yes
    }
}
