public import BundleModel
public import BundleRepository

/// Everything that a launcher needs to start the engine of one worker.
///
/// It stays on the host: it may hold paths of mounts and sources of secrets, never a secret's value.
public struct WorkerLaunch: Sendable {
    /// What the worker is, and what the host policy decided.
    public let specification: ResolvedWorkerSpec
    /// The engine's command: an absolute path and its arguments.
    public let command: [String]
    /// The pinned contents, to give to the engine; nil in builtin mode.
    public let contents: PinnedBundle?
    /// The digest of the host policy that decided.
    public let policyDigest: SHA256Value

    /// The worker.
    public var worker: WorkerID { specification.worker }
    /// The engine's name, for messages.
    var engine: String { specification.profile.engine?.rawValue ?? "" }
}
