internal import BundleModel
internal import BundleRepository
internal import RuntimeProtocol
internal import WorkerRuntime

extension ReleaseDocument {
    init(_ release: Release) {
        let provenance = release.provenance
        self.init(
            pin: BundlePin(release.pin), channel: release.channel, sequence: release.sequence,
            parent: release.parent, revision: provenance.revision.revision,
            revisionCommit: provenance.revisionCommit, reason: provenance.reason,
            createdAt: release.createdAt.description,
            publisher: PersonDocument(release.publisher),
            releasedAt: release.releasedAt.description,
            releaser: PersonDocument(release.releaser))
    }
}

extension PersonDocument {
    fileprivate init(_ person: Person) {
        self.init(name: person.name, email: person.email)
    }
}

extension KnownReleaseDocument {
    init(_ release: KnownRelease) {
        self.init(commit: release.commit, sequence: release.sequence, digest: release.digest)
    }
}
