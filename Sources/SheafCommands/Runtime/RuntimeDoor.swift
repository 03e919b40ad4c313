internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// How a verb that changes a runtime gets to it: as the owner of the store, or through the daemon
/// that owns it.
///
/// Either way it is the same verb with the same results: what it shows is read from the store, which
/// a reader may do beside its owner.
enum RuntimeDoor {
    /// Nobody else has the store.
    case embedded(WorkerRuntime)
    /// A daemon has it.
    case daemon(DaemonRuntime)

    /// Brings a channel up to date; a daemon does not say meanwhile how far it is.
    func sync(
        _ reference: ChannelReference, _ workspace: WorkspaceID?, deadline: Duration,
        observer: SyncObserver? = nil
    ) async throws(SheafError) -> SyncResult {
        switch self {
        case .embedded(let runtime):
            try await runtime.sync(
                reference.bundle, on: reference.channel, workspace: workspace, deadline: deadline,
                observer: observer)
        case .daemon(let daemon):
            try await daemon.sync(reference, workspace, deadline: deadline)
        }
    }

    /// What the verb reads from; in the embedded case it has found out about workers that outlived
    /// another process.
    func settled() async throws(SheafError) -> WorkerRuntime {
        switch self {
        case .embedded(let runtime):
            try await runtime.settleWorkers()
            return runtime
        case .daemon(let daemon): return daemon.reader
        }
    }

    /// Creates a worker, and starts its engine.
    func create(
        _ request: CreateWorkerRequest, starting: Bool
    ) async throws(SheafError) -> CreatedWorker {
        switch self {
        case .embedded(let runtime): try await runtime.createWorker(request, starting: starting)
        case .daemon(let daemon): try await daemon.create(request, starting: starting)
        }
    }

    /// Stops a worker.
    func stop(_ id: WorkerID, grace: Duration) async throws(SheafError) -> WorkerView {
        switch self {
        case .embedded(let runtime): try await runtime.stopWorker(id, grace: grace)
        case .daemon(let daemon): try await daemon.stop(id, grace: grace)
        }
    }

    /// Brings a channel up to date from a file.
    func importFile(
        _ path: String, _ workspace: WorkspaceID?, deadline: Duration
    ) async throws(SheafError) -> SyncResult {
        switch self {
        case .embedded(let runtime):
            try await runtime.importFile(path, workspace: workspace, deadline: deadline)
        case .daemon(let daemon):
            try await daemon.importFile(path, workspace, deadline: deadline)
        }
    }

    /// Forgets what is known of a channel.
    func forget(
        _ reference: ChannelReference, _ workspace: WorkspaceID?, reason: String
    ) async throws(SheafError) -> ForgottenChannel {
        switch self {
        case .embedded(let runtime):
            try await runtime.forget(
                reference.bundle, on: reference.channel, workspace: workspace, reason: reason)
        case .daemon(let daemon): try await daemon.forget(reference, workspace, reason: reason)
        }
    }

    /// Follows a channel no more.
    func unfollow(
        _ reference: ChannelReference, _ workspace: WorkspaceID?
    ) async throws(SheafError) -> FollowedChannel {
        switch self {
        case .embedded(let runtime):
            try await runtime.unfollow(
                reference.bundle, on: reference.channel, workspace: workspace)
        case .daemon(let daemon): try await daemon.unfollow(reference, workspace)
        }
    }

    /// Collects the store.
    func collect(keepingWorkers time: Duration) async throws(SheafError) -> CollectionReport {
        switch self {
        case .embedded(let runtime): try await runtime.collect(keepingWorkers: time)
        case .daemon(let daemon): try await daemon.collect(keepingWorkers: time)
        }
    }
}

extension StoreOptions {
    /// Whether there is a socket in the store: of a daemon that has it, or that was killed.
    var hasSocket: Bool { socket != nil }

    private var socket: HostSocket? {
        HostSocket(path: RuntimeSocket.path(ofStore: storePath()))
    }

    /// Takes the store, or finds the daemon that has it.
    ///
    /// Throws `store_busy` when another process has it that is no daemon, `invalid_request` when
    /// another host policy is named than that of a daemon that answers, which alone decides, and what
    /// opening throws.
    func door(startingEngines: Bool = false) async throws(SheafError) -> RuntimeDoor {
        do throws(SheafError) {
            return .embedded(try startingEngines ? openWorkers(.owner) : open(.owner))
        } catch {
            guard error.code == .storeBusy, let socket else { throw error }
            let daemon = DaemonRuntime(
                socket: socket, store: storePath(), reader: try open(.reader), otherwise: error)
            guard policy == nil else {
                try await daemon.requireAnswer()
                throw SheafError(
                    .invalidRequest,
                    "a daemon has this store, and its own host policy decides, not '--policy'",
                    hint: "leave '--policy' out, or end the daemon first")
            }
            return .daemon(daemon)
        }
    }
}
