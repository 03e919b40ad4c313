package import BundleModel
internal import LibGit2

extension PublishRequest {
    /// Throws what a publish would throw for the request's own texts and for who publishes, so that
    /// it can be known before there is a repository.
    ///
    /// Throws `invalid_request` for a message or reason that no commit can have, `limit_exceeded`
    /// for one that is too long, `forbidden_content` for a secret in one or in the identity.
    package func requireTexts(
        of manifest: BundleManifest, _ digest: BundleDigest, by identity: Identity
    ) throws(SheafError) {
        let revision = RevisionProvenance(
            workspace: manifest.workspace, bundle: manifest.bundle, revision: 1, digest: digest,
            source: .directory(name: "."), sourceState: nil)
        let commit = try Self.draft(message ?? "Publish", revision.trailers, identity)
        guard let channel, let reason else { return }
        let release = try ReleaseProvenance(
            revision: revision, channel: channel, sequence: 1,
            revisionCommit: CommitID(ObjectID.hash(.commit, commit.encode())), reason: reason)
        _ = try Self.draft("Release", release.trailers, identity)
    }

    private static func draft(
        _ text: String, _ trailers: [Trailer], _ identity: Identity
    ) throws(SheafError) -> RawCommit {
        let message = try CommitMessage(text: text, adding: trailers)
        let commit = RawCommit(
            tree: ObjectID.hash(.tree, []), parents: [], author: identity.signature,
            committer: identity.signature, message: Array(message.text.utf8))
        try CommitText.require(commit)
        return commit
    }
}
