/// What a launcher knows of a worker.
public enum WorkerCondition: Hashable, Sendable {
    /// Its engine was never started, and starting it would start it for the first time.
    case notStarted
    /// Its engine runs.
    case running
    /// Its engine has ended, or whatever watched it has.
    case ended(WorkerEnd)
}
