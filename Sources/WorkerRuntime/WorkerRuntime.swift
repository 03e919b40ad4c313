public import BundleModel
package import BundleRepository
public import Foundation
public import Logging
internal import Synchronization

/// The host process that stores bundles, verifies them, and creates workers from pinned commits
/// under a policy that only the host owns.
///
/// With the directory of its store and the file of the host policy, where `sheaf init` puts them or
/// where an embedder keeps them:
///
/// ```swift
/// let runtime = try WorkerRuntime.open(store: store, policy: policy)
/// let bundle = try BundleID("support-agents")
/// let coder = try ProfileID("coder")
/// try await runtime.sync(bundle, on: .latest)
/// let pin = try await runtime.pin(bundle, on: .latest)
/// let request = CreateWorkerRequest(
///     id: try WorkerID("ticket-12"), selector: .named(coder), pin: pin,
///     input: "look at ticket 12")
/// let worker = try await runtime.createWorker(request).worker
/// print(worker.id, worker.state, worker.profile, worker.pin?.digest.short ?? "builtin")
/// ```
///
/// All blocking work runs on a serial queue of its own, never on Swift's shared pool; only whether a
/// pin that was found available still is takes a look at its files where it is asked. Every method
/// throws `SheafError`.
public actor WorkerRuntime {
    let layout: StoreLayout
    let access: StoreAccess
    let database: RuntimeDatabase
    let inserts: WorkerInserts
    let limits: ContentLimits
    let now: @Sendable () -> Date
    let logger: Logger
    let launcher: (any WorkerLauncher)?
    /// The starts and stops of engines that are going on in this process: one at a time of a worker.
    var starts: [WorkerID: Task<Result<WorkerView, SheafError>, Never>] = [:]
    /// The workers whose rows are on their way to the disk.
    var arriving: [WorkerID: ArrivingWorker] = [:]
    /// What was found available, for those who ask again.
    nonisolated let available = AvailableReleases()
    /// How many callers are creating a worker right now.
    nonisolated let creators = Atomic(0)
    /// The workers whose end is waited for in this process.
    var watched: Set<WorkerID> = []
    /// The workers of which more is known than could be recorded.
    var unrecorded: Set<WorkerID> = []
    /// How often each worker that has ended is being cleaned up after.
    var cleanings: [WorkerID: Int] = [:]
    var recovery: Task<Void, Never>?
    var stepWatch: (@Sendable (WorkerStartStep) -> Void)?
    var mirrors: [String: ReleaseMirror] = [:]
    /// Waits for mirrors that nobody reads any more.
    var idleWatch: Task<Void, Never>?
    /// What was verified under the commits that were asked for.
    var verified: [CommitID: [VerifiedRecord]] = [:]
    /// What was last read of how the host policy judged the profiles of channels, by channel, with the
    /// digest of what it was read from: the text may be as large as its bundle's author likes.
    var denials: [ChannelPlace: (text: SHA256Value, conditions: [ChannelCondition])] = [:]
    var resolved: [ResolutionKey: ResolvedProfile] = [:]
    var transfers: [String: TransferQueue] = [:]
    var growth = ReleaseMirror.GrowthLimits()
    private let ownership: StoreOwnership?
    private let thread: StoreThread
    private var policyInForce: PolicyInForce

    /// Runs the actor on its own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.unownedExecutor
    }

    /// Opens the store of a runtime; an owner makes it where there is none.
    ///
    /// - Parameters:
    ///   - store: the store's directory.
    ///   - policy: the file of the host policy, read whenever it decides.
    ///   - access: to own the store, or to read beside its owner.
    ///   - limits: what this host allows in a bundle.
    ///   - launcher: what runs the engines of workers; without one, workers are created and not
    ///     started.
    ///   - now: the clock.
    ///   - logger: told what came into service, what was refused and which workers came and went;
    ///     silent unless given. It is never told a secret, an input, or a path of the host.
    /// - Throws: `store_busy` with who owns it, `store_corrupt`, `io_error`.
    public static func open(
        store: String, policy: String, access: StoreAccess = .owner,
        limits: ContentLimits = .standard, launcher: (any WorkerLauncher)? = nil,
        now: @escaping @Sendable () -> Date = { Date() },
        logger: Logger = Logger(label: "sheaf.runtime") { _ in SwiftLogNoOpLogHandler() }
    ) throws(SheafError) -> WorkerRuntime {
        try WorkerRuntime(store, policy, access, limits, launcher, now, logger)
    }

    /// Sets what a bundle of the store may grow to before a sync collects it.
    package func keepSmall(within limits: ReleaseMirror.GrowthLimits) { growth = limits }

    private init(
        _ store: String, _ policy: String, _ access: StoreAccess, _ limits: ContentLimits,
        _ launcher: (any WorkerLauncher)?, _ now: @escaping @Sendable () -> Date,
        _ logger: Logger
    ) throws(SheafError) {
        layout = StoreLayout(root: store)
        policyInForce = PolicyInForce(path: policy)
        self.access = access
        self.limits = limits
        self.launcher = launcher
        self.now = now
        self.logger = logger
        thread = StoreThread(label: "sheaf.runtime")
        switch access {
        case .owner:
            do {
                try FileManager.default.createDirectory(
                    atPath: store, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch {
                throw SheafError(
                    .ioError, "the store '\(DisplayText.escape(store))' cannot be made")
            }
            let process = ProcessInfo.processInfo
            ownership = try StoreOwnership(
                store: store,
                owner: "process \(process.processIdentifier) (\(process.processName)) "
                    + "since \(now().formatted(.iso8601))")
        case .reader: ownership = nil
        }
        database = try RuntimeDatabase(path: layout.database, isOwner: access == .owner)
        inserts = WorkerInserts(database)
    }

    /// The host policy as its file says now; throws `host_policy_invalid`.
    ///
    /// The file is looked at each time: what its owner takes back is gone at once. While its
    /// contents are wrong the policy before them stays in force.
    func policy() throws(SheafError) -> HostPolicy {
        let before = policyInForce.problem
        let policy = try policyInForce.current()
        if let problem = policyInForce.problem, problem != before {
            logger.error(
                "the host policy is wrong and the one before it stays in force",
                metadata: [
                    "code": "\(problem.code.rawValue)", "findings": "\(problem.findings.count)",
                ])
        }
        return policy
    }

    /// The host policy, when its file is in order; throws `host_policy_invalid` also while the policy
    /// before it stays in force.
    func policyAsWritten() throws(SheafError) -> HostPolicy {
        let policy = try policy()
        if let problem = policyInForce.problem { throw problem }
        return policy
    }

    /// Looks at the file of the host policy now, as a daemon does on a signal; gives the SHA-256 of
    /// the policy in force.
    ///
    /// - Throws: `host_policy_invalid` with every finding when the contents are wrong; the policy
    ///   before them stays in force.
    @discardableResult
    public func reloadPolicy() throws(SheafError) -> SHA256Value {
        try policyAsWritten().digest
    }

    /// What is wrong with the host policy's file while the policy before it stays in force; nil when
    /// the file was in order at the last decision.
    public var policyProblem: SheafError? { policyInForce.problem }

    func requireOwner() throws(SheafError) {
        guard access == .owner else {
            throw SheafError(.invalidRequest, "the store was opened for reading")
        }
    }

    /// The mirror of a bundle; throws `bundle_missing` when there is none and it may not be made.
    func mirror(
        _ workspace: WorkspaceID, _ bundle: BundleID, creating: Bool = false
    ) throws(SheafError) -> ReleaseMirror {
        let path = layout.mirror(workspace, bundle)
        watchForIdleMirrors()
        if let known = mirrors[path] { return known }
        let mirror = try ReleaseMirror(
            at: path, workspace: workspace, bundle: bundle, creating: creating, limits: limits,
            isReader: access == .reader)
        if access == .owner {
            try mirror.recover()
            try finishForgetting(in: mirror)
            try reconcilePins(of: mirror)
            do throws(SheafError) {
                try repairRecords(of: mirror)
            } catch {
                logger.warning(
                    "the records of a bundle's channels could not be put right",
                    metadata: ["code": "\(error.code.rawValue)", "bundle": "\(bundle)"])
            }
        }
        mirrors[path] = mirror
        return mirror
    }
}
