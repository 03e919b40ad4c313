public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Recomputes everything that a revision or release claims, from raw objects and without any
    /// memory of earlier work.
    ///
    /// It proves integrity: that the contents are the ones named and the history is in order, back
    /// to the first revision or release. It does not prove who made them.
    ///
    /// - Throws: `digest_mismatch`, `provenance_invalid`, `workspace_mismatch`,
    ///   `history_rewritten`, `store_corrupt`, or the code of the first finding in the contents.
    public func verify(_ reference: BundleReference) throws(SheafError) -> Verification {
        let commit = try resolve(reference)
        let subject = "\(reference.bundle)@\(commit.commit.short)"
        var checks = ["trailers"]
        try requireOwnWorkspace(commit.provenance, subject)
        checks.append("workspace")
        switch commit {
        case .revision(let revision):
            try branch(reference.bundle).walk(repository, from: revision) { _ in true }
        case .release(let release):
            try channelBranch(reference.bundle, release.channel)
                .walk(repository, from: release) { _ in true }
            try requireSame(release, subject)
            checks.append("released revision")
        }
        checks.append("order of history")
        let verifier = ContentsVerifier(limits: limits, documents: nil, digests: nil)
        let verified = try verifier.verify(
            repository, tree: try tree(of: commit), claims: commit.provenance,
            commit: commit.commit, subject: subject)
        checks += ["tree entries", "documents", "digest"]
        return Verification(
            commit: commit, digest: commit.provenance.digest, files: verified.files,
            bytes: verified.bytes, checks: checks)
    }

    private func requireOwnWorkspace(
        _ claims: RevisionProvenance, _ subject: String
    ) throws(SheafError) {
        guard let own = try workspace(), own != claims.workspace else { return }
        throw SheafError(
            .workspaceMismatch,
            "\(subject) is of workspace '\(claims.workspace)', this repository is of '\(own)'",
            details: ["expected": own.rawValue, "actual": claims.workspace.rawValue])
    }

    /// A release is its revision: the same tree, the same trailers, and the revision's publisher.
    private func requireSame(_ release: Release, _ subject: String) throws(SheafError) {
        let bundle = release.provenance.revision.bundle
        let named = release.provenance.revisionCommit
        let revision: Revision
        do throws(SheafError) {
            revision = try reader.revision(repository, named, of: bundle)
        } catch  where error.code == .notFound {
            throw SheafError(
                .provenanceInvalid, "\(subject) names a revision that is not here",
                details: ["revision": named.hex])
        }
        let head = BundleRefName.revisions(bundle)
        let target = try revision.commit.objectID()
        let isReached = try mapping("history") { () throws(GitError) in
            guard let head = try repository.reference(head) else { return false }
            return try repository.isDescendant(head, of: target)
        }
        let same =
            revision.tree == release.tree && revision.provenance == release.provenance.revision
            && revision.publisher == release.publisher && revision.createdAt == release.createdAt
        guard isReached, same else {
            throw SheafError(
                .provenanceInvalid, "\(subject) is not what the revision it names is",
                details: ["revision": revision.commit.hex])
        }
    }
}
