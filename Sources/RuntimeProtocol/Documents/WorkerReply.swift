/// The answer to a request for a worker.
public struct WorkerReply: Hashable, Sendable, Codable {
    /// Whether this request created it.
    public let isNew: Bool
    /// The worker.
    public let worker: WorkerDocument

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case isNew, worker
    }

    /// Creates the document out of its fields.
    public init(isNew: Bool, worker: WorkerDocument) {
        self.isNew = isNew
        self.worker = worker
    }
}
