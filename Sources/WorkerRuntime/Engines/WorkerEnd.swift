public import Foundation

/// How a worker's engine ended, and when.
public struct WorkerEnd: Hashable, Sendable {
    /// How.
    public enum Outcome: Hashable, Sendable {
        /// By itself, with this exit status; 128 and the number of the signal when one ended it.
        case exited(status: Int32)
        /// Because somebody stopped it.
        case stopped
        /// It never ran, ended at once with another status than 0, or was lost.
        case failed(WorkerFailure)
    }

    /// How.
    public let outcome: Outcome
    /// When it was started, where that is known.
    public let startedAt: Date?
    /// When it ended, or when that was found out.
    public let moment: Date

    /// Creates an end.
    public init(_ outcome: Outcome, startedAt: Date? = nil, at moment: Date) {
        self.outcome = outcome
        self.startedAt = startedAt
        self.moment = moment
    }
}
