package import BundleModel
package import BundleRepository
internal import GRDB

extension WorkerRuntime {
    /// Whether contents can be used under a commit, where only the two are known.
    ///
    /// - Parameters:
    ///   - digest: the digest of the contents.
    ///   - commit: the release's commit.
    ///   - isVisible: whether whoever asks may know of a bundle; for him there is no other.
    /// - Throws: `store_corrupt`, `io_error`.
    package nonisolated func availability(
        of digest: BundleDigest, under commit: CommitID,
        among isVisible: @Sendable (WorkspaceID, BundleID) -> Bool
    ) async throws(SheafError) -> PinAvailability {
        // Asked again and again, it must not wait for what the store is at.
        if available.shows(digest, commit, among: isVisible) { return .available }
        return try await findAvailability(of: digest, under: commit, among: isVisible)
    }

    private func findAvailability(
        of digest: BundleDigest, under commit: CommitID,
        among isVisible: @Sendable (WorkspaceID, BundleID) -> Bool
    ) throws(SheafError) -> PinAvailability {
        var found: PinAvailability?
        for (workspace, bundle) in try places(of: commit) where isVisible(workspace, bundle) {
            let pin = ConfigBundleRef(
                workspace: workspace, bundle: bundle, commit: commit, digest: digest)
            let answer = try availability(pin)
            switch answer {
            case .available:
                if try isVerified(pin),
                    let evidence = try mirror(workspace, bundle).evidence(for: pin)
                {
                    available.insert(pin, evidence)
                }
                return answer
            case .digestMismatch:
                available.remove(pin)
                found = answer
            case .missing:
                available.remove(pin)
                found = found ?? answer
            }
        }
        return found ?? .missing(reason: "no release with commit \(commit.short) is on this host")
    }

    /// The bundles of which a commit was verified here: what can be available is among them.
    private func places(
        of commit: CommitID
    ) throws(SheafError) -> [(WorkspaceID, BundleID)] {
        try verifiedRecords(of: commit).compactMap { record in
            guard let workspace = try? WorkspaceID(record.workspace),
                let bundle = try? BundleID(record.bundle)
            else { return nil }
            return (workspace, bundle)
        }
    }

    /// The workspaces that the host policy serves; throws `host_policy_invalid`.
    package func servedWorkspaces() throws(SheafError) -> [WorkspaceID] {
        try policy().workspaces.keys.sorted()
    }
}
