internal import BundleModel
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Removes the directories and the rows of workers that ended longer ago than this; gives which.
    ///
    /// The directory goes first: a process that is killed in between leaves a row, which the next
    /// collection removes. What cannot be removed, or is still being cleaned up after, stays for
    /// that one too.
    func removeWorkers(
        endedFor time: Duration, _ isDry: Bool
    ) async throws(SheafError) -> [WorkerID] {
        // No worker ended before 1970; years before that of Christ would compare as those after it.
        let moment = max(
            now().addingTimeInterval(-TimeInterval(max(time.components.seconds, 0))),
            Date(timeIntervalSince1970: 0))
        let ended = try database.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM worker WHERE state NOT IN \(WorkerState.liveNames)
                    AND coalesce(endedAt, stoppedAt, createdAt) < ? ORDER BY id
                    """, arguments: [moment])
        }
        let ids = ended.compactMap { try? WorkerID($0) }.filter(canRemove)
        if isDry { return ids }
        var removed: [WorkerID] = []
        for id in ids where starts[id] == nil && arriving[id] == nil && cleanings[id] == nil {
            // Nobody starts it meanwhile, as the same request may a worker that never ran.
            let removal = Task { () -> Result<WorkerView, SheafError> in
                defer { starts[id] = nil }
                do throws(SheafError) {
                    return .success(try await remove(id, endedBefore: moment))
                } catch {
                    return .failure(error)
                }
            }
            starts[id] = removal
            switch await removal.value {
            case .success: removed.append(id)
            // It was started again since it was listed.
            case .failure(let error) where error.code == .conflict: break
            case .failure(let error): warn("a worker could not be removed", id, error)
            }
        }
        if !removed.isEmpty {
            logger.info("ended workers were removed", metadata: ["count": "\(removed.count)"])
        }
        return removed
    }

    /// Without a launcher a directory would stay, and speak for another worker that gets the id.
    private func canRemove(_ id: WorkerID) -> Bool {
        launcher != nil
            || !FileManager.default.fileExists(
                atPath: WorkerDirectory(id, in: layout.workers).root)
    }

    private func remove(
        _ id: WorkerID, endedBefore moment: Date
    ) async throws(SheafError) -> WorkerView {
        let view = try WorkerView(try row(of: id))
        guard !view.state.isLive, view.endedAt ?? view.stoppedAt ?? view.createdAt < moment else {
            throw SheafError(.conflict, "worker '\(id)' was started again")
        }
        try await launcher?.discard(id)
        let key = id.rawValue
        try database.write { database in
            try database.execute(
                sql: "DELETE FROM worker WHERE id = ? AND state NOT IN \(WorkerState.liveNames)",
                arguments: [key])
        }
        return view
    }
}
