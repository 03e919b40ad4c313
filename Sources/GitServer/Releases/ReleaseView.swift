internal import BundleModel
internal import BundleRepository
internal import Foundation

/// A release as the feed tells of it.
struct ReleaseView: Encodable, Sendable {
    let bundle: String
    let channel: String
    let commit: String
    let digest: String
    let sequence: Int
    let revision: Int
    let releasedAt: String

    init(_ release: Release) {
        bundle = release.provenance.revision.bundle.rawValue
        channel = release.channel.rawValue
        commit = release.commit.hex
        digest = release.pin.digest.description
        sequence = release.sequence
        revision = release.provenance.revision.revision
        releasedAt = release.releasedAt.description
    }
}
