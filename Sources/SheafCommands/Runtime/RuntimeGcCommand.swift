internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime gc`: collects what nothing holds any more.
struct RuntimeGcCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Collect what nothing on this host holds any more, and say what stays and why.",
        discussion: """
            Kept is what is in service on channels that the host policy serves, and what live \
            workers were created from, with the releases before it. One pack of it takes the place \
            of all others. Syncs keep a store small by themselves; this collects it whole.

            The records of workers are brought in line first, and what those held that have ended \
            goes. Workers that ended longer ago than '--keep-workers' are removed with their \
            directories and their output; after that their ids are free, and the same request \
            makes a new worker.

            With '--dry-run' nothing is changed, and it works beside the process that owns the \
            store. Without, a daemon that has the store collects it. Exit status 3 when a bundle \
            is damaged: nothing of that one is removed.

            EXAMPLES
              sheaf runtime gc --dry-run
              sheaf runtime gc
              sheaf runtime gc --keep-workers 7d

            JSON
              {"dryRun", "bytesBefore", "bytesAfter", "removedWorkers": [...],
              "bundles": [{"workspace", "bundle", "kept": [{"commit", "reason":
              "followed", "workers", "arriving", "in_use" or "reference", "channel",
              "workers", "reference"}], "dropped": [{"commit", "channel", "sequence",
              "reason": "not_followed", "forgotten", "refused" or "unused", "code"}],
              "leftovers": [{"name", "bytes"}], "keptObjects", "droppedObjects",
              "droppedBytes", "packsBefore", "packsAfter", "bytesBefore",
              "bytesAfter", "waitsForReaders", "failure": {"code", "message"}}]}
            """)

    @Flag(name: .customLong("dry-run"), help: "Only say what would be done.")
    var isDryRun = false

    @Option(
        name: .customLong("keep-workers"),
        help: ArgumentHelp(
            "How long a worker is kept after it ended, e.g. 90s, 12h or 30d.",
            valueName: "duration"))
    var keepWorkers = "30d"

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let retention = keepWorkers == "0s" ? .zero : PolicyDuration.read(keepWorkers)
        guard let retention else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(keepWorkers))' is no duration",
                hint: "write a number and s, m, h or d, e.g. 30d; 0s keeps none")
        }
        let report = try await console.during("collecting") { () async throws(SheafError) in
            if isDryRun {
                return try await store.openWorkers(.reader)
                    .collect(dryRun: true, keepingWorkers: retention)
            }
            return try await store.door(startingEngines: true).collect(keepingWorkers: retention)
        }
        if report.bundles.isEmpty { console.note("this host has no bundle yet") }
        try console.show(CollectionView(report)) { CollectionText.text(report, $0) }
        if let failure = report.bundles.compactMap(\.failure).first { throw failure }
        return .yes
    }
}
