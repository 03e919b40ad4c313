public import BundleModel

/// Everything that a launcher needs to run a worker. It stays on the host: it may hold paths of
/// mounts and sources of secrets, never a secret's value.
public struct ResolvedWorkerSpec: Hashable, Sendable {
    /// The worker.
    public let worker: WorkerID
    /// Where its profile came from.
    public let mode: WorkerMode
    /// The bundle's contents; nil in builtin mode.
    public let pin: ConfigBundleRef?
    /// The profile with everything that its ancestors give it.
    public let profile: ResolvedProfile
    /// What the host policy decided.
    public let decision: PolicyDecision
    /// What the worker is for.
    public let intent: WorkerIntent
}
