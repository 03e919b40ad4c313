public import BundleModel

/// One published state of a bundle.
public struct Revision: Hashable, Sendable {
    /// The commit on the bundle's branch.
    public let commit: CommitID
    /// What its trailers say: workspace, bundle, number, digest, source.
    public let provenance: RevisionProvenance
    /// The previous revision's commit; nil for revision 1.
    public let parent: CommitID?
    /// Who wrote it.
    public let author: Person
    /// Who published it.
    public let publisher: Person
    /// When it was published: the commit's committer time.
    public let createdAt: CommitTime
    /// The message, with its subject, body and trailers.
    public let message: CommitMessage
    let tree: String

    /// The number, from 1.
    public var number: Int { provenance.revision }
    /// The digest of its contents.
    public var digest: BundleDigest { provenance.digest }
}
