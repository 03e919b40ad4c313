internal import BundleModel

/// A worker that was decided on and whose row is not on disk yet.
struct ArrivingWorker {
    /// Whose it is.
    let name: WorkerName
    /// What it holds.
    let commit: CommitID?
    /// Those who asked for the same worker meanwhile.
    var waiting: [CheckedContinuation<Void, Never>] = []
}
