public import BundleModel

/// What a reference turned out to name.
public enum ResolvedCommit: Hashable, Sendable {
    /// A revision on the bundle's branch.
    case revision(Revision)
    /// A release on one of its channels.
    case release(Release)

    /// The commit.
    public var commit: CommitID {
        switch self {
        case .revision(let revision): revision.commit
        case .release(let release): release.commit
        }
    }

    /// What the trailers say of the revision.
    public var provenance: RevisionProvenance {
        switch self {
        case .revision(let revision): revision.provenance
        case .release(let release): release.provenance.revision
        }
    }

    /// The commit of the revision itself.
    public var revisionCommit: CommitID {
        switch self {
        case .revision(let revision): revision.commit
        case .release(let release): release.provenance.revisionCommit
        }
    }

    /// The commit's message.
    public var message: CommitMessage {
        switch self {
        case .revision(let revision): revision.message
        case .release(let release): release.message
        }
    }

    var tree: String {
        switch self {
        case .revision(let revision): revision.tree
        case .release(let release): release.tree
        }
    }
}
