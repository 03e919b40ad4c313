internal import BundleModel
internal import BundleRepository

/// A release as JSON.
struct ReleaseView: Encodable {
    let workspace: WorkspaceID
    let bundle: BundleID
    let channel: ChannelID
    let sequence: Int
    let commit: CommitID
    let parent: CommitID?
    let revision: Int
    let revisionCommit: CommitID
    let digest: BundleDigest
    let reason: String
    let releasedAt: CommitTime
    let releaser: Person
    let createdAt: CommitTime
    let publisher: Person
    let pin: String

    init(_ release: Release) {
        let provenance = release.provenance
        workspace = provenance.revision.workspace
        bundle = provenance.revision.bundle
        channel = release.channel
        sequence = release.sequence
        commit = release.commit
        parent = release.parent
        revision = provenance.revision.revision
        revisionCommit = provenance.revisionCommit
        digest = provenance.revision.digest
        reason = provenance.reason
        releasedAt = release.releasedAt
        releaser = release.releaser
        createdAt = release.createdAt
        publisher = release.publisher
        pin = release.pin.description
    }
}
