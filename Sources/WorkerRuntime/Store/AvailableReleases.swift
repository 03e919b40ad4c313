internal import BundleModel
internal import BundleRepository
internal import Synchronization

/// The releases that were found available, with what showed it: whoever asks again gets the answer
/// from a look at a few files, without waiting for the store's queue.
final class AvailableReleases: Sendable {
    private let known = Mutex<[CommitID: [ConfigBundleRef: AvailabilityEvidence]]>([:])

    /// Whether contents under a commit are still available in a bundle that whoever asks may see.
    func shows(
        _ digest: BundleDigest, _ commit: CommitID,
        among isVisible: (WorkspaceID, BundleID) -> Bool
    ) -> Bool {
        guard let releases = known.withLock({ $0[commit] }) else { return false }
        return releases.contains { pin, evidence in
            pin.digest == digest && isVisible(pin.workspace, pin.bundle) && evidence.holds()
        }
    }

    func insert(_ pin: ConfigBundleRef, _ evidence: AvailabilityEvidence) {
        known.withLock { known in
            if known.count >= Self.maximum { known = [:] }
            known[pin.commit, default: [:]][pin] = evidence
        }
    }

    /// Half a megabyte or so at most.
    private static let maximum = 512
}
