public import BundleModel

/// One revision put on a channel.
public struct Release: Hashable, Sendable {
    /// The commit on the channel's branch; what runtimes fetch and pin.
    public let commit: CommitID
    /// What its trailers say: the revision, the channel, the sequence number, the reason.
    public let provenance: ReleaseProvenance
    /// The previous release's commit; nil for the first of its channel.
    public let parent: CommitID?
    /// Who published the revision.
    public let publisher: Person
    /// When the revision was published.
    public let createdAt: CommitTime
    /// Who released it.
    public let releaser: Person
    /// When it was released.
    public let releasedAt: CommitTime
    /// The message.
    public let message: CommitMessage
    let tree: String

    /// The number on its channel, from 1.
    public var sequence: Int { provenance.sequence }
    /// The channel.
    public var channel: ChannelID { provenance.channel }

    /// The pin that a worker is created from.
    public var pin: ConfigBundleRef {
        ConfigBundleRef(
            workspace: provenance.revision.workspace, bundle: provenance.revision.bundle,
            commit: commit, digest: provenance.revision.digest)
    }
}
