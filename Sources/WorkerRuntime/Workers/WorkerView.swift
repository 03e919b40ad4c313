public import BundleModel
public import Foundation

/// What may be told of a worker: no path of the host, no source of a secret, no endpoint and no
/// command.
public struct WorkerView: Hashable, Sendable {
    /// The worker, by the id that no other on this host has.
    public let id: WorkerID
    /// The id that was asked for: the same, unless a worker of another workspace had it first.
    public let requestedID: WorkerID
    /// What it is doing.
    public let state: WorkerState
    /// Where its profile came from.
    public let mode: WorkerMode
    /// The bundle's contents; nil in builtin mode.
    public let pin: ConfigBundleRef?
    /// The selector of the request.
    public let selector: ProfileSelector
    /// The profile that was selected.
    public let profile: String
    /// The digest of the resolved profile.
    public let profileDigest: SHA256Value
    /// The digest of the host policy that decided.
    public let policyDigest: SHA256Value
    /// What the worker is for.
    public let intent: WorkerIntent
    /// What it was granted.
    public let grants: WorkerGrants
    /// When it was created.
    public let createdAt: Date
    /// When its engine was started; nil when it never was.
    public let startedAt: Date?
    /// When it ended: its engine by itself, stopped, or failed.
    public let endedAt: Date?
    /// When it was stopped.
    public let stoppedAt: Date?

    init(_ record: WorkerRecord) throws(SheafError) {
        try self.init(
            record, intent: try HostJSON.decode(record.intent, as: WorkerIntent.self),
            grants: try HostJSON.decode(record.grants, as: WorkerGrants.self))
    }

    /// A view of a row of which the intent and the grants are known.
    init(
        _ record: WorkerRecord, intent: WorkerIntent, grants: WorkerGrants
    ) throws(SheafError) {
        let damaged = SheafError(.storeCorrupt, "the row of worker '\(record.id)' cannot be read")
        guard let id = try? WorkerID(record.id),
            let requestedID = try? WorkerID(record.requestedID ?? record.id),
            let state = record.fullState,
            let mode = WorkerMode(rawValue: record.mode),
            let selector = try? ProfileSelector(record.selector),
            let profileDigest = SHA256Value(hex: record.profileDigest),
            let policyDigest = SHA256Value(hex: record.policyDigest)
        else { throw damaged }
        self.id = id
        self.requestedID = requestedID
        self.state = state
        self.mode = mode
        self.profileDigest = profileDigest
        self.policyDigest = policyDigest
        pin = try Self.pin(record, damaged)
        guard (pin != nil) == (mode == .synced) else { throw damaged }
        self.selector = selector
        profile = record.profile
        self.intent = intent
        self.grants = grants
        createdAt = record.createdAt
        startedAt = record.startedAt
        endedAt = record.endedAt
        stoppedAt = record.stoppedAt
    }

    /// The pin of a row; nil in builtin mode. Throws an error for one that cannot be read.
    static func pin(
        _ record: WorkerRecord, _ damaged: SheafError
    ) throws(SheafError) -> ConfigBundleRef? {
        guard let workspace = record.workspace else { return nil }
        guard let workspace = try? WorkspaceID(workspace),
            let bundle = record.bundle.flatMap({ try? BundleID($0) }),
            let commit = record.commitID.flatMap({ CommitID($0) }),
            let digest = record.bundleDigest.flatMap({ BundleDigest($0) })
        else { throw damaged }
        return ConfigBundleRef(
            workspace: workspace, bundle: bundle, commit: commit, digest: digest)
    }
}
