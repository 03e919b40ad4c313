public import BundleModel

/// That the host was told to forget what it knew of a channel.
public struct ForgottenDocument: Hashable, Sendable, Codable {
    /// The release that was in service; nil when none was.
    public let commit: CommitID?
    /// The highest number that had been accepted.
    public let sequence: Int
    /// Why, in the words of whoever did it.
    public let reason: String
    /// When.
    public let at: Timestamp

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case commit, sequence, reason, at
    }

    /// Creates the document out of its fields.
    public init(commit: CommitID? = nil, sequence: Int, reason: String, at: Timestamp) {
        self.commit = commit
        self.sequence = sequence
        self.reason = reason
        self.at = at
    }
}
