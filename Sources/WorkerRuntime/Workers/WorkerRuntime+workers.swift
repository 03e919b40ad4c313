public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Every worker, the newest first, as it is now.
    ///
    /// One whose record is damaged is left out, and the logger is told.
    public func workers() async throws(SheafError) -> [WorkerView] {
        try await settled(try listed(WorkerSelection()).rows.map(\.view))
    }

    /// Some of the workers, as ``workers()`` gives them.
    ///
    /// - Parameters:
    ///   - selection: which.
    ///   - limit: at most so many; fewer where their inputs would take too much memory.
    /// - Returns: the workers, and where the next ones begin; nil when there are none.
    package func workers(
        _ selection: WorkerSelection, limit: Int
    ) async throws(SheafError) -> (workers: [WorkerView], next: WorkerSelection.Place?) {
        let found = try listed(selection, limit: limit, bytes: 4 << 20)
        return (
            try await settled(found.rows.map(\.view)),
            found.hasMore ? found.rows.last.map(\.place) : nil
        )
    }

    private func settled(
        _ listed: [Result<WorkerView, SheafError>]
    ) async throws(SheafError) -> [WorkerView] {
        var workers: [WorkerView] = []
        for known in listed {
            do throws(SheafError) {
                let view = try known.get()
                switch view.state {
                case .starting, .running: workers.append(try await settle(view.id))
                default: workers.append(view)
                }
            } catch {
                logger.warning(
                    "a worker could not be shown", metadata: ["code": "\(error.code.rawValue)"])
            }
        }
        return workers
    }

    private typealias Listed = (
        place: WorkerSelection.Place, view: Result<WorkerView, SheafError>
    )

    /// What the rows say, without the specifications, which are the most of each.
    private func listed(
        _ selection: WorkerSelection, limit: Int = .max, bytes: Int = .max
    ) throws(SheafError) -> (rows: [Listed], hasMore: Bool) {
        try database.read { database in
            // Of two columns of a name the first counts.
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT '' AS specification, worker.* FROM worker \(selection.condition) "
                    + "ORDER BY createdAt DESC, id",
                arguments: selection.arguments)
            var workers: [Listed] = []
            var size = 0
            while let row = try rows.next() {
                if workers.count >= limit || size >= bytes { return (workers, true) }
                let view = Result { () throws(SheafError) in
                    guard let record = try? WorkerRecord(row: row) else {
                        throw SheafError(.storeCorrupt, "a worker's row cannot be read")
                    }
                    size += record.intent.utf8.count
                    return try WorkerView(record)
                }
                workers.append((WorkerSelection.Place(row), view))
            }
            return (workers, false)
        }
    }

    /// One worker, as it is now; throws `not_found`.
    public func worker(_ id: WorkerID) async throws(SheafError) -> WorkerView {
        try await settle(id)
    }

    /// What a worker is started from; it never leaves the host. Throws `not_found`,
    /// `store_corrupt`.
    package func specification(of id: WorkerID) throws(SheafError) -> StoredWorkerSpec {
        try StoredWorkerSpec(try row(of: id))
    }

    /// Stops a worker and lets its pin go when no other live worker uses it.
    ///
    /// Its engine is asked to end, and ended by force after the grace time. Stopping a worker that
    /// has ended, in whatever way, changes nothing. A start of the same worker and its stop take
    /// turns; a request for it that comes while it is being stopped is answered with how it ended. A
    /// worker whose engine cannot be found is not stopped but failed, with `lost`.
    ///
    /// - Parameters:
    ///   - id: the worker.
    ///   - grace: how long its engine may take to end.
    /// - Throws: `not_found`, `invalid_request` when it runs and this runtime has no launcher,
    ///   `io_error`.
    @discardableResult
    public func stopWorker(
        _ id: WorkerID, grace: Duration = .seconds(10)
    ) async throws(SheafError) -> WorkerView {
        try requireOwner()
        // One change of a worker at a time: neither does a start begin while it is being stopped, nor
        // the other way round.
        await waitForChanges(of: id)
        let stop = Task { () -> Result<WorkerView, SheafError> in
            defer { starts[id] = nil }
            do throws(SheafError) {
                return .success(try await end(id, grace))
            } catch {
                return .failure(error)
            }
        }
        starts[id] = stop
        return try await stop.value.get()
    }

    private func end(_ id: WorkerID, _ grace: Duration) async throws(SheafError) -> WorkerView {
        let worker = try await settleAlone(id)
        switch worker.state {
        case .created:
            // A host that was killed may have left a start that is still to begin.
            try await launcher?.stop(id, grace: grace)
            switch try await launcher?.condition(of: id) {
            case .running?:
                throw SheafError(.ioError, "the engine of worker '\(id)' could not be ended")
            case .ended(let end)?: try await recordEnd(of: id, end)
            case .notStarted?, nil: try await recordEnd(of: id, WorkerEnd(.stopped, at: now()))
            }
        case .starting, .running:
            guard let launcher else {
                throw SheafError(
                    .invalidRequest, "worker '\(id)' runs, and this runtime cannot stop engines",
                    hint: "open the store with the launcher that started it")
            }
            try await launcher.stop(id, grace: grace)
            _ = try await settleAlone(id)
            // What waits for the end in the background may have recorded it, and be cleaning up.
            await launcher.clean(after: id)
        case .exited, .stopped, .failed: break
        }
        return try await settleAlone(id)
    }

    /// Lets a pin go. The worker is stopped whether this succeeds or not: when the bundle is damaged
    /// or was taken off the host, what is left of the pin goes when the bundle is next opened.
    func letGo(_ pin: ConfigBundleRef) {
        // Another worker that uses it is being recorded.
        if isArriving(pin.commit) { return }
        do throws(SheafError) {
            try mirror(pin.workspace, pin.bundle).letGo(pin.commit)
        } catch {
            logger.warning(
                "a pin could not be let go",
                metadata: ["pin": "\(pin)", "code": "\(error.code.rawValue)"])
        }
    }

    /// Makes the pins of a mirror those of the live workers.
    ///
    /// A process that was killed between the two writes has left one too many; a mirror that was
    /// lost or restored from a backup has too few.
    func reconcilePins(of mirror: ReleaseMirror) throws(SheafError) {
        let workspace = mirror.workspace.rawValue
        let bundle = mirror.bundle.rawValue
        let live = try database.read { database in
            try String.fetchSet(
                database,
                sql: """
                    SELECT commitID FROM worker
                    WHERE workspace = ? AND bundle = ?
                        AND state IN \(WorkerState.liveNames)
                    """,
                arguments: [workspace, bundle])
        }
        let held = try mirror.held()
        for commit in held where !live.contains(commit.hex) && !isArriving(commit) {
            try mirror.letGo(commit)
        }
        for commit in live.subtracting(held.map(\.hex)).compactMap({ CommitID($0) }) {
            if try mirror.holdIfPresent(commit) { continue }
            logger.warning(
                "what a live worker was created from is not in the store",
                metadata: ["bundle": "\(mirror.bundle)", "commit": "\(commit.short)"])
        }
    }

    private func isArriving(_ commit: CommitID) -> Bool {
        arriving.values.contains { $0.commit == commit }
    }

    static func liveWorkers(
        _ database: Database, using commit: String?
    ) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM worker
                WHERE commitID = ? AND state IN \(WorkerState.liveNames)
                """, arguments: [commit]) ?? 0
    }
}
