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

    /// Remembers what shows that a release is available, in the place of what showed it before.
    func insert(_ pin: ConfigBundleRef, _ evidence: AvailabilityEvidence) {
        known.withLock { known in
            if known[pin.commit] == nil, known.count >= Self.maximum,
                let other = known.keys.randomElement()
            {
                known[other] = nil
            }
            known[pin.commit, default: [:]][pin] = evidence
        }
    }

    /// Forgets what does not show it any more.
    func remove(_ pin: ConfigBundleRef) {
        known.withLock { known in
            known[pin.commit]?[pin] = nil
            if known[pin.commit]?.isEmpty == true { known[pin.commit] = nil }
        }
    }

    /// A release takes a kilobyte or two, most of it for the names of the packs of its bundle.
    static let maximum = 1024
}
