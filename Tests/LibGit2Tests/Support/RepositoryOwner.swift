import Foundation
import LibGit2
import Synchronization

/// A repository in an actor on a thread that may block, as the product keeps one.
actor RepositoryOwner {
    private let executor: BlockingExecutor
    private let repository: Repository

    /// How long the last fetch took, without the wait for this actor.
    private(set) var lastDuration = Duration.zero

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(at path: String) throws {
        executor = BlockingExecutor(label: "tests")
        repository = try Repository.open(at: path)
    }

    init(creatingAt path: String) throws {
        executor = BlockingExecutor(label: "tests")
        repository = try Repository.createBare(at: path, initialBranch: nil)
    }

    func with<Result: Sendable>(
        _ body: @Sendable (borrowing Repository) throws -> Result
    ) throws -> Result {
        try body(repository)
    }

    /// The code of the error, nil when the swap was made.
    func swap(
        _ name: String, to new: ObjectID, expecting old: ObjectID?
    ) -> GitError.Code? {
        do throws(GitError) {
            try repository.compareAndSwapReference(
                name, to: new, expecting: old, logMessage: nil)
            return nil
        } catch {
            return error.code
        }
    }

    /// Fetches, with the outcome as a value, errors included.
    func fetch(
        _ request: FetchRequest, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> Result<FetchOutcome, TransportError> {
        let start = ContinuousClock.now
        defer { lastDuration = ContinuousClock.now - start }
        return Result { () throws(TransportError) in
            try repository.fetch(request, isCancelled: isCancelled)
        }
    }

    func list(_ request: FetchRequest) -> Result<[String: ObjectID], TransportError> {
        Result { () throws(TransportError) in
            try Repository.listRemote(request) { false }
        }
    }

    /// Fetches while every thread of the cooperative pool is kept busy, from before to after it.
    func fetchWhilePoolIsBusy(_ request: FetchRequest) -> Result<FetchOutcome, TransportError> {
        let pool = BusyPool()
        let threads = ProcessInfo.processInfo.activeProcessorCount
        for _ in 0..<threads { Task.detached { pool.spin() } }
        pool.waitUntilBusy(threads: threads)
        defer { pool.stop() }
        return fetch(request)
    }
}

/// Work that keeps threads busy until it is stopped, or a minute has passed.
private final class BusyPool: Sendable {
    private let state = Mutex((spinning: 0, isStopped: false))
    private let end = ContinuousClock.now + .seconds(60)

    func spin() {
        state.withLock { $0.spinning += 1 }
        while !state.withLock(\.isStopped), ContinuousClock.now < end {}
    }

    func waitUntilBusy(threads: Int) {
        while state.withLock(\.spinning) < threads, ContinuousClock.now < end {}
    }

    func stop() {
        state.withLock { $0.isStopped = true }
    }
}
