internal import BundleModel
internal import LibGit2

/// Writes one commit of a bundle's branch anew, with the trailers that are right behind its parent.
struct CommitRewriter {
    /// A commit that was looked at.
    struct Step {
        let stamped: BranchStamp.Stamped
        /// What has to be written; nil when the commit is right as it is.
        let written: RawCommit?
        let revision: Revision
    }

    /// Headers that sign the commit as it was.
    private static let signatures: Set<String> = ["gpgsig", "gpgsig-sha256"]

    let limits: ContentLimits
    let identity: Signature
    private let memory = DigestMemory()

    init(limits: ContentLimits, identity: Signature) {
        self.limits = limits
        self.identity = identity
    }

    /// The revision that the first commit follows; throws `provenance_invalid` when it is none.
    func base(_ id: CommitID, _ repository: borrowing Repository) throws(SheafError) -> Revision {
        let reader = CommitReader(limits: limits)
        let claims = try RevisionProvenance(
            message: reader.parts(repository, id).message, subject: "commit \(id.short)")
        return try reader.revision(repository, id, of: claims.bundle)
    }

    /// - Parameter source: where a commit that was made here comes from.
    func rewrite(
        _ id: CommitID, after parent: Revision?, source: BundleSource,
        _ repository: borrowing Repository
    ) throws(SheafError) -> Step {
        let parts = try CommitReader(limits: limits).parts(repository, id)
        let claimed = try? RevisionProvenance(message: parts.message, subject: "")
        let computed = try StampedRevision(
            tree: parts.raw.tree, parent: parent, source: source, repository, limits: limits,
            memory: memory
        ).provenance
        let provenance = Self.merged(claimed, computed)
        if claimed == provenance, parts.parents == [parent?.commit].compactMap({ $0 }) {
            let revision = try CommitReader(limits: limits)
                .revision(repository, id, of: provenance.bundle)
            return step(id, revision, written: nil, lostSignature: false)
        }
        var raw = parts.raw
        let draft = MessageDraft(bytes: raw.message, comment: nil)
        raw.message = try draft.stamped(with: provenance.trailers, limits: limits)
        raw.parents = try BundleRepository.parents(parent?.commit)
        raw.committer = identity
        let isSigned = raw.headers.contains { Self.signatures.contains($0.name) }
        raw.headers.removeAll { Self.signatures.contains($0.name) }
        try CommitText.require(raw)
        let new = try CommitID(ObjectID.hash(.commit, raw.encode()))
        let revision = Revision(
            commit: new, provenance: provenance, parent: parent?.commit,
            author: Person(raw.author), publisher: Person(raw.committer),
            createdAt: CommitTime(raw.committer), message: try CommitMessage(bytes: raw.message),
            tree: raw.tree.hex)
        return step(id, revision, written: raw, lostSignature: isSigned)
    }

    /// What was published from elsewhere still comes from there; what was made in this checkout
    /// comes from the commit that it now follows.
    private static func merged(
        _ claimed: RevisionProvenance?, _ computed: RevisionProvenance
    ) -> RevisionProvenance {
        guard let claimed else { return computed }
        let isOwn = place(claimed.source) == place(computed.source)
        return RevisionProvenance(
            workspace: computed.workspace, bundle: computed.bundle, revision: computed.revision,
            digest: computed.digest, source: isOwn ? computed.source : claimed.source,
            sourceState: isOwn ? computed.sourceState : claimed.sourceState,
            publisher: claimed.publisher)
    }

    private static func place(_ source: BundleSource) -> Substring {
        source.text.lastIndex(of: "@").map { source.text[..<$0] } ?? source.text[...]
    }

    private func step(
        _ old: CommitID, _ revision: Revision, written: RawCommit?, lostSignature: Bool
    ) -> Step {
        Step(
            stamped: BranchStamp.Stamped(
                old: old, new: revision.commit, revision: revision.number,
                subject: revision.message.subject, lostSignature: lostSignature),
            written: written, revision: revision)
    }
}
