internal import BundleModel
internal import BundleRepository

extension BundleRepository {
    /// The revision that a release put on its channel.
    func revision(of release: Release) throws(SheafError) -> Revision {
        let reference = BundleReference(
            bundle: release.provenance.revision.bundle,
            selector: .commit(release.provenance.revisionCommit))
        guard case .revision(let revision) = try resolve(reference) else {
            throw SheafError(
                .provenanceInvalid, "release \(release.commit.short) names no revision")
        }
        return revision
    }
}
