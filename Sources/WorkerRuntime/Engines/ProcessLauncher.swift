public import BundleModel
internal import BundleRepository
internal import Dispatch
public import Foundation

/// Runs engines as processes of this host, each in a session and a directory of its own.
///
/// A supervisor, which is a process too, starts the engine and writes down how it ended; so engines
/// outlive whoever started them, and are found again. The host policy's command runs as the user of
/// the runtime: files that are read-only can be made writable by it, access to a mount is what the
/// file system gives that user, and networks, shells and Git are not confined at all. A host that
/// needs more names a command that confines what it runs.
public struct ProcessLauncher: WorkerLauncher {
    /// What a host can set.
    public struct Limits: Hashable, Sendable {
        /// An engine that fails within this time ended at once.
        public var settling = Duration.milliseconds(250)
        /// How long an engine has to end when it is stopped and nobody says otherwise.
        public var grace = Duration.seconds(10)
        /// How long a supervisor that was asked to end an engine may take beyond the grace time,
        /// before both are ended without it.
        public var recording = Duration.seconds(10)
        /// The most that each of an engine's two streams takes on disk.
        public var logBytes = 16 << 20

        /// Creates the standard limits.
        public init() {}
    }

    let workers: String
    let supervisor: [String]
    let environment: [String: String]
    let limits: Limits

    /// Creates a launcher.
    ///
    /// - Parameters:
    ///   - store: the store of the runtime; workers have their directories in `workers` below it.
    ///   - supervisor: the program that supervises one engine, an absolute path and its arguments,
    ///     behind which the worker's directory is put: `sheaf worker supervise`, or a program of the
    ///     embedder that calls ``WorkerSupervisor/run(directory:)``.
    ///   - environment: where secrets are read that the host policy has in a variable.
    ///   - limits: what this host sets.
    public init(
        store: String, supervisor: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        limits: Limits = Limits()
    ) {
        workers = StoreLayout(root: store).workers
        self.supervisor = supervisor
        self.environment = environment
        self.limits = limits
    }

    func directory(_ worker: WorkerID) -> WorkerDirectory { WorkerDirectory(worker, in: workers) }

    /// Where a worker's output is on this host: the newest of it, and beside it with `.1` behind the
    /// name what came before. For the owner of the host alone.
    public func log(of worker: WorkerID, _ stream: OutputStreamName) -> String {
        directory(worker).log(stream)
    }

    /// What a worker wrote, as much of the end of it as was kept.
    ///
    /// Throws `not_found` when it was never started, `io_error`.
    public func output(
        of worker: WorkerID, _ stream: OutputStreamName
    ) throws(SheafError) -> [UInt8] {
        guard let output = BoundedLog.contents(of: log(of: worker, stream)) else {
            throw SheafError(
                .notFound, "worker '\(worker)' has written nothing on this host",
                hint: "'sheaf worker show \(worker)' says whether it was started")
        }
        return output
    }

    /// Takes away the bundle's files and temporary ones, and ends an engine whose supervisor was lost.
    /// The specification, the input, what the engine left in its working directory and its output
    /// stay. What runs, or is about to, under the same id is left alone.
    public func clean(after worker: WorkerID) async {
        let place = directory(worker)
        guard Self.isOver(place) else { return }
        endOrphan(place)
        await Self.blocking {
            PreparedWorker.remove(place.bundle)
            PreparedWorker.remove(place.temporary)
        }
    }

    /// Takes away the directory of a worker that has ended, with its output.
    public func discard(_ worker: WorkerID) async throws(SheafError) {
        let place = directory(worker)
        guard FileManager.default.fileExists(atPath: place.root) else { return }
        guard try await condition(of: worker) != .running else {
            throw SheafError(.ioError, "the directory of worker '\(worker)' is in use")
        }
        endOrphan(place)
        let old = "\(workers)/.old-\(UUID().uuidString)"
        // It is gone at once; what is left of it when this process is killed goes at the next start.
        try PreparedWorker.move(place.root, old)
        await Self.blocking { PreparedWorker.remove(old) }
    }

    /// Takes away directories that a process that was killed was about to make or to remove.
    public func recover() async {
        await Self.blocking { [workers] in PreparedWorker.removeLeftovers(in: workers) }
    }

    /// Does work that waits for a disk or a process outside of Swift's shared pool.
    static func blocking<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "sheaf.workers").async { continuation.resume(returning: work()) }
        }
    }
}
