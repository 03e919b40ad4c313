internal import BundleModel
internal import WorkerRuntime

extension StoreOptions {
    /// What runs engines on this host: a supervisor for each, which is this program again.
    func launcher() throws(SheafError) -> ProcessLauncher {
        ProcessLauncher(
            store: storePath(), supervisor: [try RunningProgram.path()] + SupervisedWorker.words)
    }

    /// Opens the runtime with what runs engines.
    func openWorkers(_ access: StoreAccess) throws(SheafError) -> WorkerRuntime {
        try WorkerRuntime.open(
            store: storePath(), policy: policyPath(), access: access, launcher: try launcher())
    }
}
