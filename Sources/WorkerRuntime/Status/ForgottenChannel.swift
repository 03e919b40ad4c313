public import BundleModel
public import Foundation

/// That a host was told to forget what it knew of a channel.
public struct ForgottenChannel: Hashable, Sendable {
    /// The release that was in service; nil when none was.
    public let commit: CommitID?
    /// The highest sequence number that had been accepted.
    public let sequence: Int
    /// Why, in the words of whoever did it.
    public let reason: String
    /// When.
    public let at: Date

    /// Describes what was forgotten, also by a daemon.
    package init(commit: CommitID?, sequence: Int, reason: String, at: Date) {
        self.commit = commit
        self.sequence = sequence
        self.reason = reason
        self.at = at
    }

    init(_ record: ForgottenRecord) {
        commit = record.commitID.flatMap { CommitID($0) }
        sequence = record.sequence
        reason = record.reason
        at = record.forgottenAt
    }
}
