/// The answer to a request for a worker.
public struct CreatedWorker: Hashable, Sendable {
    /// The worker.
    public let worker: WorkerView
    /// Whether this request created it; false when the same request had been made before.
    public let isNew: Bool

    /// Describes a creation, also one that a daemon did.
    package init(worker: WorkerView, isNew: Bool) {
        self.worker = worker
        self.isNew = isNew
    }
}
