internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf worker show`: one worker.
struct WorkerShowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a worker: what it was created from, and what it was granted.",
        discussion: """
            Works beside the process that owns the store. --log names the files of the host \
            that hold what the engine writes; it is for the host's owner.

            EXAMPLES
              sheaf worker show ticket-12
              sheaf worker show ticket-12 --log

            JSON
              {"worker": {...}, "log": {"stdout", "stderr"}}; a worker is as in 'sheaf
              worker create', 'log' is there with --log
            """)

    @Argument(help: "The worker.")
    var id: String

    @Flag(name: .customLong("log"), help: "Say where the engine's output is on this host.")
    var showsLog = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let worker: WorkerRecordView
        let log: Log?
    }

    private struct Log: Encodable {
        let stdout: String
        let stderr: String

        init(_ launcher: ProcessLauncher, _ id: WorkerID) {
            stdout = launcher.log(of: id, .output)
            stderr = launcher.log(of: id, .error)
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let id = try IdentifierArgument.required(id, as: WorkerID.self)
        let worker = try await store.openWorkers(.reader).worker(id)
        let launcher = try store.launcher()
        let log = showsLog ? Log(launcher, id) : nil
        try console.show(Result(worker: WorkerRecordView(worker), log: log)) {
            WorkerText.detail(worker, $0) + (log.map { WorkerText.log($0.stdout, $0.stderr) } ?? "")
        }
        return .yes
    }
}
