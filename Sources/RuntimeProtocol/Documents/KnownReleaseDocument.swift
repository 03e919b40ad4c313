public import BundleModel

/// A release as far as a host knows it; of one that was refused nothing proves what it says.
public struct KnownReleaseDocument: Hashable, Sendable, Codable {
    /// The commit.
    public let commit: CommitID
    /// What it says its number on the channel is.
    public let sequence: Int?
    /// What it says its digest is.
    public let digest: BundleDigest?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case commit, sequence, digest
    }

    /// Creates the document out of its fields.
    public init(commit: CommitID, sequence: Int? = nil, digest: BundleDigest? = nil) {
        self.commit = commit
        self.sequence = sequence
        self.digest = digest
    }
}
