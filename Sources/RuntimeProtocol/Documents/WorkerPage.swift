/// A part of the list of workers, the newest first.
public struct WorkerPage: Hashable, Sendable, Codable {
    /// The workers.
    public let workers: [WorkerDocument]
    /// What to give as `after` for what follows; nil at the end.
    public let next: String?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workers, next
    }

    /// Creates the document out of its fields.
    public init(workers: [WorkerDocument], next: String? = nil) {
        self.workers = workers
        self.next = next
    }
}
