internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf worker list`: the workers of this host.
struct WorkerListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the workers of this host, newest first.",
        discussion: """
            Works beside the process that owns the store.

            EXAMPLES
              sheaf worker list

            JSON
              {"workers": [{...}]}; a worker is as in 'sheaf worker create'
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let workers: [WorkerRecordView]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let workers = try await store.openWorkers(.reader).workers()
        if workers.isEmpty { console.note("no worker was created on this host yet") }
        try console.show(Result(workers: workers.map(WorkerRecordView.init))) {
            workers.isEmpty ? "" : WorkerText.table(workers, $0)
        }
        return .yes
    }
}
