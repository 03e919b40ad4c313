public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Every worker, the newest first, as it is now, with all that it was given to do: where that is
    /// not needed, ``workerSummaries()`` costs a small part of the time and memory.
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
                if try await isSettled(view.id, view.state) {
                    workers.append(view)
                } else {
                    workers.append(try await settle(view.id))
                }
            } catch {
                logger.warning(
                    "a worker could not be shown", metadata: ["code": "\(error.code.rawValue)"])
            }
        }
        return workers
    }

    /// Whether a list can tell of a worker what its record says.
    private func isSettled(
        _ id: WorkerID, _ state: WorkerState
    ) async throws(SheafError) -> Bool {
        if !state.isLive { return true }
        return try await isAsRecorded(id, state.name)
    }

    private typealias Listed = (
        place: WorkerSelection.Place, view: Result<WorkerView, SheafError>
    )

    /// What the rows say, without the specifications, which are the most of each.
    private func listed(
        _ selection: WorkerSelection, limit: Int = .max, bytes: Int = .max
    ) throws(SheafError) -> (rows: [Listed], hasMore: Bool) {
        try database.read { database in
            // What orders workers of one moment.
            let column = selection.workspace == nil ? "id" : try nameColumn(database)
            // Of two columns of a name the first counts.
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT '' AS specification, worker.* FROM worker "
                    + "\(selection.condition(by: column)) ORDER BY createdAt DESC, \(column)",
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
                workers.append((WorkerSelection.Place(row, column), view))
            }
            return (workers, false)
        }
    }

    /// Every worker, the newest first, as it is now, without what it was given to do.
    ///
    /// The rows themselves, which hold inputs of up to 1 MiB and specifications, are not read: an
    /// index has all that a summary tells. One whose record is damaged is left out, and the logger is
    /// told. Throws `store_corrupt`, `store_busy`, `io_error`.
    public func workerSummaries() async throws(SheafError) -> [WorkerSummary] {
        let listed = try database.read { database -> [Result<WorkerSummary, SheafError>]? in
            // A reader beside an owner of an earlier version.
            guard try WorkerRecord.hasListColumns(database) else { return nil }
            return try Row.fetchAll(database, sql: WorkerSummary.query).map { row in
                Result { () throws(SheafError) in try WorkerSummary(row) }
            }
        }
        guard let listed else { return try await workers().map(WorkerSummary.init) }
        var summaries: [WorkerSummary] = []
        for known in listed {
            do throws(SheafError) {
                let summary = try known.get()
                if try await isSettled(summary.id, summary.state) {
                    summaries.append(summary)
                } else {
                    summaries.append(WorkerSummary(try await settle(summary.id)))
                }
            } catch {
                logger.warning(
                    "a worker could not be shown", metadata: ["code": "\(error.code.rawValue)"])
            }
        }
        return summaries
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

    /// The longest time that an engine may be given to end, however a worker is stopped.
    public static let longestGrace = Duration.seconds(600)

    /// Stops a worker and lets its pin go when no other live worker uses it.
    ///
    /// Its engine is asked to end, and ended by force after the grace time. Stopping a worker that
    /// has ended, in whatever way, changes nothing. A start of the same worker and its stop take
    /// turns; a request for it that comes while it is being stopped is answered with how it ended. A
    /// worker whose engine cannot be found is not stopped but failed, with `lost`.
    ///
    /// - Parameters:
    ///   - id: the worker.
    ///   - grace: how long its engine may take to end, at most ``longestGrace``.
    /// - Throws: `not_found`, `invalid_request` when it runs and this runtime has no launcher, or for
    ///   another time;
    ///   `io_error`.
    @discardableResult
    public func stopWorker(
        _ id: WorkerID, grace: Duration = .seconds(10)
    ) async throws(SheafError) -> WorkerView {
        try requireOwner()
        guard grace >= .zero, grace <= Self.longestGrace else {
            throw SheafError(
                .invalidRequest, "an engine may have 0 to 600 seconds to end",
                details: ["field": "graceSeconds"])
        }
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
            await clean(after: id)
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
