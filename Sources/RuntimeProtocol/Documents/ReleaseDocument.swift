public import BundleModel

/// A release that was verified.
public struct ReleaseDocument: Hashable, Sendable, Codable {
    /// The pin that a worker is created from.
    public let pin: BundlePin
    /// The channel.
    public let channel: ChannelID
    /// The number on its channel, from 1.
    public let sequence: Int
    /// The commit of the release before; nil for the first.
    public let parent: CommitID?
    /// The number of the revision.
    public let revision: Int
    /// The commit of the revision.
    public let revisionCommit: CommitID
    /// Why it was released.
    public let reason: String
    /// When the revision was published, in the offset of its commit.
    public let createdAt: String
    /// Who published the revision.
    public let publisher: PersonDocument
    /// When it was released, in the offset of its commit.
    public let releasedAt: String
    /// Who released it.
    public let releaser: PersonDocument

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case pin, channel, sequence, parent, revision, revisionCommit, reason, createdAt, publisher,
            releasedAt, releaser
    }

    /// Creates the document out of its fields.
    public init(
        pin: BundlePin, channel: ChannelID, sequence: Int, parent: CommitID? = nil, revision: Int,
        revisionCommit: CommitID, reason: String, createdAt: String, publisher: PersonDocument,
        releasedAt: String, releaser: PersonDocument
    ) {
        self.pin = pin
        self.channel = channel
        self.sequence = sequence
        self.parent = parent
        self.revision = revision
        self.revisionCommit = revisionCommit
        self.reason = reason
        self.createdAt = createdAt
        self.publisher = publisher
        self.releasedAt = releasedAt
        self.releaser = releaser
    }
}
