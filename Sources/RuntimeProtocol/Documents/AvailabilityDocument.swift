public import BundleModel

/// Whether contents under a commit can be used on a host.
public struct AvailabilityDocument: Hashable, Sendable, Codable {
    /// The digest that was asked for.
    public let digest: BundleDigest
    /// The commit that was asked for.
    public let commit: CommitID
    /// Whether they can.
    public let status: AvailabilityStatus
    /// Why they cannot.
    public let reason: String?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case digest, commit, status, reason
    }

    /// Creates the document out of its fields.
    public init(
        digest: BundleDigest, commit: CommitID, status: AvailabilityStatus, reason: String? = nil
    ) {
        self.digest = digest
        self.commit = commit
        self.status = status
        self.reason = reason
    }
}
