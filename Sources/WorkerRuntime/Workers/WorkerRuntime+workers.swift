public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Every worker, the newest first.
    public func workers() throws(SheafError) -> [WorkerView] {
        let records = try database.read {
            try WorkerRecord.order(literal: "createdAt DESC, id").fetchAll($0)
        }
        return try records.map { (record) throws(SheafError) in try WorkerView(record) }
    }

    /// One worker; throws `not_found`.
    public func worker(_ id: WorkerID) throws(SheafError) -> WorkerView {
        let key = id.rawValue
        guard let record = try database.read({ try WorkerRecord.fetchOne($0, key: key) }) else {
            throw Self.noWorker(id)
        }
        return try WorkerView(record)
    }

    /// What a worker is started from; it never leaves the host. Throws `not_found`,
    /// `store_corrupt`.
    package func specification(of id: WorkerID) throws(SheafError) -> StoredWorkerSpec {
        let key = id.rawValue
        guard let record = try database.read({ try WorkerRecord.fetchOne($0, key: key) }) else {
            throw Self.noWorker(id)
        }
        return try StoredWorkerSpec(record)
    }

    /// Stops a worker and lets its pin go when no other live worker uses it.
    ///
    /// Stopping a worker that is stopped changes nothing. Throws `not_found`.
    @discardableResult
    public func stopWorker(_ id: WorkerID) throws(SheafError) -> WorkerView {
        try requireOwner()
        let key = id.rawValue
        let moment = now()
        let (record, isLive, isLast) = try database.write {
            database -> (WorkerRecord?, Bool, Bool) in
            guard var record = try WorkerRecord.fetchOne(database, key: key) else {
                return (nil, false, false)
            }
            let isLive = record.state != WorkerState.stopped.rawValue
            if isLive {
                record.state = WorkerState.stopped.rawValue
                record.stoppedAt = moment
                try record.update(database)
            }
            // Read back, for the time as the database keeps it.
            return (
                try WorkerRecord.fetchOne(database, key: key), isLive,
                try Self.liveWorkers(database, using: record.commitID) == 0
            )
        }
        guard let record else { throw Self.noWorker(id) }
        let view = try WorkerView(record)
        if isLive { logger.info("a worker was stopped", metadata: ["worker": "\(id)"]) }
        if let pin = view.pin, isLast { letGo(pin) }
        return view
    }

    /// Lets a pin go. The worker is stopped whether this succeeds or not: when the bundle is damaged
    /// or was taken off the host, what is left of the pin goes when the bundle is next opened.
    private func letGo(_ pin: ConfigBundleRef) {
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
                    WHERE workspace = ? AND bundle = ? AND state != 'stopped'
                    """,
                arguments: [workspace, bundle])
        }
        let held = try mirror.held()
        for commit in held where !live.contains(commit.hex) { try mirror.letGo(commit) }
        for commit in live.subtracting(held.map(\.hex)).compactMap({ CommitID($0) }) {
            if try mirror.holdIfPresent(commit) { continue }
            logger.warning(
                "what a live worker was created from is not in the store",
                metadata: ["bundle": "\(mirror.bundle)", "commit": "\(commit.short)"])
        }
    }

    private static func liveWorkers(
        _ database: Database, using commit: String?
    ) throws -> Int {
        try WorkerRecord.filter(literal: "commitID = \(commit) AND state != 'stopped'")
            .fetchCount(database)
    }

    private static func noWorker(_ id: WorkerID) -> SheafError {
        SheafError(
            .notFound, "there is no worker '\(id)' on this host",
            hint: "'sheaf worker list' shows them")
    }
}
