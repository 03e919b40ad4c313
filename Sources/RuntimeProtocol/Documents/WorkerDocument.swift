public import BundleModel

/// What may be told of a worker: no path of the host, no source of a secret, no endpoint and no command.
public struct WorkerDocument: Hashable, Sendable, Codable {
    /// The worker.
    public let workerId: WorkerID
    /// `created`, `starting`, `running`, `exited`, `stopped` or `failed`.
    public let state: String
    /// With `exited`: the status, 128 and the number of the signal when one ended it.
    public let exitStatus: Int32?
    /// With `failed`: the code of an error, or `lost`.
    public let failure: String?
    /// `builtin` or `synced`; the two are never blurred.
    public let mode: String
    /// The contents; nil in builtin mode.
    public let bundle: BundlePin?
    /// The selector of the request; empty for the default of the bundle.
    public let profile: String
    /// The profile that was selected.
    public let resolvedProfile: String
    /// The digest of the resolved profile.
    public let profileDigest: String
    /// The digest of the host policy that decided.
    public let policyDigest: String
    /// What the worker is for.
    public let intent: IntentDocument
    /// References that were granted.
    public let granted: [String]
    /// Optional grants that it goes without.
    public let dropped: [DeniedGrantDocument]
    /// When it was created.
    public let createdAt: Timestamp
    /// When its engine was started.
    public let startedAt: Timestamp?
    /// When it ended, in whatever way.
    public let endedAt: Timestamp?
    /// When it was stopped.
    public let stoppedAt: Timestamp?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workerId, state, exitStatus, failure, mode, bundle, profile, resolvedProfile,
            profileDigest, policyDigest, intent, granted, dropped, createdAt, startedAt, endedAt,
            stoppedAt
    }

    /// Creates the document out of its fields.
    public init(
        workerId: WorkerID, state: String, exitStatus: Int32? = nil, failure: String? = nil,
        mode: String, bundle: BundlePin? = nil, profile: String, resolvedProfile: String,
        profileDigest: String, policyDigest: String, intent: IntentDocument, granted: [String],
        dropped: [DeniedGrantDocument], createdAt: Timestamp, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, stoppedAt: Timestamp? = nil
    ) {
        self.workerId = workerId
        self.state = state
        self.exitStatus = exitStatus
        self.failure = failure
        self.mode = mode
        self.bundle = bundle
        self.profile = profile
        self.resolvedProfile = resolvedProfile
        self.profileDigest = profileDigest
        self.policyDigest = policyDigest
        self.intent = intent
        self.granted = granted
        self.dropped = dropped
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.stoppedAt = stoppedAt
    }
}
