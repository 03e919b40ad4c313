public import BundleModel
public import Foundation

/// What runs the engines of workers. An embedder can bring its own; ``ProcessLauncher`` runs them as
/// processes of this host.
///
/// A launcher remembers what it started beyond the life of the host process: after a restart the
/// runtime asks it about each worker that its records say was started.
public protocol WorkerLauncher: Sendable {
    /// Starts the engine of a worker, once and never again.
    ///
    /// Returns when the engine runs, or has done its work and ended with status 0. For a worker whose
    /// engine was started before, by whichever process, it starts nothing and gives its condition;
    /// never ``WorkerCondition/notStarted``. A start that throws begins nothing later either: if the
    /// condition of the worker is `notStarted` then, the same request may start it anew.
    ///
    /// - Throws: `engine_failed` when the engine's command is missing, not executable or ended at
    ///   once; `host_policy_denied` with every grant that the host does not have after all;
    ///   `io_error`. No message has a secret or a path of the host.
    func start(_ launch: WorkerLaunch) async throws(SheafError) -> WorkerCondition

    /// Looks whether a worker of a profile could be started, by the rules by which
    /// ``start(_:)`` starts one. Nothing is made.
    ///
    /// Optional grants that the host does not have at a start are left out of the launch, and are on
    /// record as dropped.
    ///
    /// - Parameters:
    ///   - profile: the profile.
    ///   - decision: what the host policy grants it.
    ///   - isReading: whether secrets may be read, as they are at a start; not so at preflight.
    func outlook(
        for profile: ResolvedProfile, _ decision: PolicyDecision, isReading: Bool
    ) async -> LaunchOutlook

    /// What is known of a worker; looks only.
    func condition(of worker: WorkerID) async throws(SheafError) -> WorkerCondition

    /// When the engine of a worker was started; nil when that is not known.
    func startOfEngine(of worker: WorkerID) async -> Date?

    /// Returns when the engine of a worker does not run any more, or the task is cancelled.
    func waitForEnd(of worker: WorkerID) async throws(SheafError)

    /// Ends the engine of a worker: asks it, and ends it by force after a time of grace.
    ///
    /// Returns when it has ended. An engine that was not started is not started after this, also
    /// not by a process that is about to. When nothing of the engine can be found, its condition
    /// says that it was lost. Throws `io_error`.
    func stop(_ worker: WorkerID, grace: Duration) async throws(SheafError)

    /// Takes away what a worker needed only while it ran. Its end is on record when this is called.
    func clean(after worker: WorkerID) async

    /// Takes away everything of a worker that has ended: it is asked for no more. Throws `io_error`.
    func discard(_ worker: WorkerID) async throws(SheafError)

    /// Takes away what a host process that was killed has left half made. The owner of the store
    /// calls this once, before it starts anything.
    func recover() async
}

extension WorkerLauncher {
    /// Nothing is left half made.
    public func recover() async {}

    /// Everything that is granted is there.
    public func outlook(
        for profile: ResolvedProfile, _ decision: PolicyDecision, isReading: Bool
    ) async -> LaunchOutlook {
        LaunchOutlook(trusting: decision)
    }

    /// Nothing was kept.
    public func discard(_ worker: WorkerID) async throws(SheafError) {}

    /// Nothing is known.
    public func startOfEngine(of worker: WorkerID) async -> Date? { nil }
}
