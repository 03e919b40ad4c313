/// Where a worker's profile came from; the two are never blurred.
public enum WorkerMode: String, Hashable, Sendable, Codable {
    /// From the profiles that are compiled into the runtime; there is no bundle.
    case builtin
    /// Everything from one pinned commit.
    case synced
}
