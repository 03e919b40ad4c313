internal import BundleModel
internal import Foundation
internal import HTTPServing
internal import WorkerRuntime

/// The numbers of a runtime for Prometheus, beside those of the requests to it.
struct FollowMetrics: Sendable {
    private static let syncs = Metrics.Family(
        "sheaf_runtime_syncs_total", .counter,
        "Syncs by outcome: accepted, updated, moved, unchanged, or the code of the failure.")
    private static let took = Metrics.Family(
        "sheaf_runtime_sync_seconds", .histogram, "How long syncs took.")
    private static let waited = Metrics.Family(
        "sheaf_runtime_sync_queue_seconds", .histogram, "How long syncs were due before they began."
    )
    private static let contact = Metrics.Family(
        "sheaf_runtime_contact_age_seconds", .gauge,
        "Time since the repository of a channel last answered with what passed all checks.")
    private static let workers = Metrics.Family(
        "sheaf_runtime_workers", .gauge, "Workers by state.")
    private static let channels = Metrics.Family(
        "sheaf_runtime_followed_channels", .gauge, "Channels that are followed.")
    private static let fetches = Metrics.Family(
        "sheaf_runtime_fetches", .gauge, "Fetches by state: running, queued.")
    private static let repositories = Metrics.Family(
        "sheaf_runtime_repositories", .gauge,
        "Repositories by state: backing_off, waited_for by a long poll.")

    private let metrics = Metrics([
        Self.syncs, Self.took, Self.waited, Self.workers, Self.channels, Self.fetches,
        Self.repositories,
    ])

    /// Counts a sync.
    func note(_ event: FollowEvent) {
        metrics.add(to: Self.syncs, "outcome=\"\(event.outcome)\"")
        metrics.observe(event.took, in: Self.took)
        metrics.observe(event.waited, in: Self.waited)
    }

    /// Everything, as Prometheus reads it. What the store cannot tell now is left as it was.
    ///
    /// - Parameter isShown: whether whoever asks may know of a bundle; sums tell of none.
    func text(
        _ runtime: WorkerRuntime, _ load: FollowLoad,
        of isShown: @Sendable (WorkspaceID, BundleID) -> Bool
    ) async -> String {
        let contacts = Metrics([Self.contact])
        if let measures = try? await runtime.measures() {
            metrics.set(
                Dictionary(
                    uniqueKeysWithValues: measures.workers.map {
                        ("state=\"\($0.key)\"", Double($0.value))
                    }), of: Self.workers)
            let shown = measures.contacts.filter { isShown($0.key.workspace, $0.key.bundle) }
            let ages = shown.map { channel, contact in
                (
                    "workspace=\"\(channel.workspace)\",bundle=\"\(channel.bundle)\","
                        + "channel=\"\(channel.channel)\"",
                    measures.moment.timeIntervalSince(contact)
                )
            }
            contacts.set(Dictionary(uniqueKeysWithValues: ages), of: Self.contact)
        }
        metrics.set(["": Double(load.channels)], of: Self.channels)
        metrics.set(
            ["state=\"running\"": Double(load.running), "state=\"queued\"": Double(load.queued)],
            of: Self.fetches)
        metrics.set(
            [
                "state=\"backing_off\"": Double(load.backingOff),
                "state=\"waited_for\"": Double(load.waitedFor),
            ], of: Self.repositories)
        return metrics.text() + contacts.text()
    }
}
