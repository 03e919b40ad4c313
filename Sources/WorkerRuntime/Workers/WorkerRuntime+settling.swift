public import BundleModel
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Brings the records of all workers in line with what the launcher knows of them: what ended
    /// while no runtime watched is recorded and its pin let go; what runs is watched again; what was
    /// lost is recorded as failed. Nothing is started.
    ///
    /// A host that stays calls this once after it opened the store. A reader finds out the same each
    /// time it looks, and writes nothing. Throws `store_corrupt`, `io_error`.
    public func settleWorkers() async throws(SheafError) {
        try requireOwner()
        guard launcher != nil else { return }
        await recoverLauncher()
        // The state alone: what a worker was given to do may be large.
        let live = try database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT id, state FROM worker WHERE state IN \(WorkerState.liveNames)"
            ).map { ($0["id"] as String? ?? "", $0["state"] as String? ?? "") }
        }
        for (id, state) in live {
            guard let id = try? WorkerID(id) else { continue }
            do throws(SheafError) {
                if try await !isAsRecorded(id, state) { try await settle(id) }
            } catch {
                // One that is damaged is in the way of no other.
                warn("a worker could not be looked at", id, error)
            }
        }
    }

    /// Waits until a worker has ended, in whatever way; throws `not_found`.
    ///
    /// A worker that was not started has not ended: it is given as it is, and so is the worker when
    /// the task is cancelled.
    public func waitForEnd(of id: WorkerID) async throws(SheafError) -> WorkerView {
        await waitForChanges(of: id)
        let worker = try await worker(id)
        guard worker.state == .running, let launcher else { return worker }
        try await launcher.waitForEnd(of: id)
        return try await self.worker(id)
    }

    /// Whether the launcher says of a worker what its record says; what runs is watched.
    func isAsRecorded(_ id: WorkerID, _ state: String) async throws(SheafError) -> Bool {
        guard launcher != nil, starts[id] == nil else { return true }
        switch (try await launcher?.condition(of: id), state) {
        case (.running?, WorkerState.running.name):
            watch(id)
            return true
        case (.notStarted?, WorkerState.created.name): return true
        default: return false
        }
    }

    /// Has the launcher clean up after an earlier process, once.
    func recoverLauncher() async {
        guard let launcher else { return }
        let going = recovery ?? Task { await launcher.recover() }
        recovery = going
        await going.value
    }

    /// Brings the record of one worker in line; throws `not_found`.
    ///
    /// While it is being started or stopped in this process the record is given as it is.
    @discardableResult
    func settle(_ id: WorkerID) async throws(SheafError) -> WorkerView {
        let record = try row(of: id)
        guard starts[id] == nil, let condition = try await condition(of: record, id) else {
            return try WorkerView(record)
        }
        let start = condition == .running ? await launcher?.startOfEngine(of: id) : nil
        // A start or stop of this process that came in between writes the record itself.
        guard starts[id] == nil else { return try WorkerView(try row(of: id)) }
        return try await settle(id, record, condition, start)
    }

    /// The same for whoever is starting or stopping the worker.
    func settleAlone(_ id: WorkerID) async throws(SheafError) -> WorkerView {
        let record = try row(of: id)
        guard let condition = try await condition(of: record, id) else {
            return try WorkerView(record)
        }
        let start = condition == .running ? await launcher?.startOfEngine(of: id) : nil
        return try await settle(id, record, condition, start)
    }

    private func settle(
        _ id: WorkerID, _ record: WorkerRecord, _ condition: WorkerCondition, _ start: Date?
    ) async throws(SheafError) -> WorkerView {
        guard access == .owner else { return try Self.view(record, condition, now(), start) }
        do throws(SheafError) {
            switch condition {
            case .notStarted where record.fullState != .running: break
            case .notStarted: try await recordEnd(of: id, WorkerEnd(.failed(.lost), at: now()))
            case .running:
                watch(id)
                try recordRunning(id, since: start)
            case .ended(let end): try await recordEnd(of: id, end)
            }
        } catch {
            // The launcher knows, and tells it again when there is room on the disk.
            guard error.code == .ioError || error.code == .storeBusy else { throw error }
            if unrecorded.insert(id).inserted {
                warn("what became of a worker could not be recorded yet", id, error)
            }
            watch(id, after: Self.recordingPause)
            return try Self.view(record, condition, now(), start)
        }
        unrecorded.remove(id)
        return try Self.view(try row(of: id), condition, now(), start)
    }

    /// How long until what could not be recorded is tried to be recorded again.
    static let recordingPause = Duration.seconds(1)

    /// What the launcher says of a worker that has not ended, as far as is recorded; nil for any
    /// other.
    ///
    /// It knows more than the record of one that was created as well: a host that was killed while it
    /// stopped the worker has left the sign by which it is never started.
    private func condition(
        of record: WorkerRecord, _ id: WorkerID
    ) async throws(SheafError) -> WorkerCondition? {
        switch record.fullState {
        case .created?, .starting?, .running?: try await launcher?.condition(of: id)
        default: nil
        }
    }

    /// What is told of a worker, whether or not a record could be written of what became of it.
    static func view(
        _ record: WorkerRecord, _ condition: WorkerCondition, _ moment: Date,
        _ start: Date? = nil
    ) throws(SheafError) -> WorkerView {
        var record = record
        switch (condition, record.fullState) {
        case (.notStarted, .starting?): record.state = WorkerState.created.name
        case (.notStarted, .running?): record.end(WorkerEnd(.failed(.lost), at: moment))
        case (.running, .created?), (.running, .starting?):
            record.state = WorkerState.running.name
            record.startedAt = record.startedAt ?? start
        case (.ended(let end), let state?) where state.isLive: record.end(end)
        default: break
        }
        return try WorkerView(record)
    }

    func row(of id: WorkerID) throws(SheafError) -> WorkerRecord {
        let key = id.rawValue
        guard let record = try database.read({ try WorkerRecord.fetchOne($0, key: key) }) else {
            throw .noWorker(id)
        }
        return record
    }
}
