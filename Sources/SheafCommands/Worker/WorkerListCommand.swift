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
        let runtime = try store.openWorkers(.reader)
        // For people a list has the beginning of each input; programs get everything.
        let summaries = output.format == .text ? try await runtime.workerSummaries() : []
        let workers = output.format == .text ? [] : try await runtime.workers()
        if summaries.isEmpty && workers.isEmpty {
            console.note("no worker was created on this host yet")
        }
        try console.show(Result(workers: workers.map(WorkerRecordView.init))) {
            summaries.isEmpty ? "" : WorkerText.table(summaries, $0)
        }
        return .yes
    }
}
