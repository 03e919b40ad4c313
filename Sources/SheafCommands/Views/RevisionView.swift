internal import BundleModel
internal import BundleRepository

/// A revision as JSON.
struct RevisionView: Encodable {
    let reference: String
    let workspace: WorkspaceID
    let bundle: BundleID
    let revision: Int
    let commit: CommitID
    let parent: CommitID?
    let digest: BundleDigest
    let createdAt: CommitTime
    let publisher: Person
    let author: Person
    let subject: String
    let body: String?
    let source: String
    let sourceState: SourceState?
    let program: String

    init(_ revision: Revision) {
        let provenance = revision.provenance
        reference = "\(provenance.bundle)@\(revision.number)"
        workspace = provenance.workspace
        bundle = provenance.bundle
        self.revision = revision.number
        commit = revision.commit
        parent = revision.parent
        digest = revision.digest
        createdAt = revision.createdAt
        publisher = revision.publisher
        author = revision.author
        subject = revision.message.subject
        body = revision.message.body.isEmpty ? nil : revision.message.body
        source = provenance.source.text
        sourceState = provenance.sourceState
        program = provenance.publisher
    }
}
