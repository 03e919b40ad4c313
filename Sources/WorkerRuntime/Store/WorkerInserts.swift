internal import BundleModel
internal import Dispatch
internal import GRDB
internal import Synchronization

/// Inserts the rows of new workers; those that wait at the same time share a transaction.
///
/// A commit waits for the disk, however many rows it has. While one is on its way, the rows of the
/// next callers come together.
final class WorkerInserts: Sendable {
    private struct Waiting {
        let record: WorkerRecord
        let answer: CheckedContinuation<SheafError?, Never>
    }

    private let database: RuntimeDatabase
    private let queue = DispatchQueue(label: "sheaf.records")
    private let waiting = Mutex<(rows: [Waiting], isWriting: Bool)>(([], false))

    init(_ database: RuntimeDatabase) {
        self.database = database
    }

    /// Inserts a row together with others; it is on disk when this returns.
    ///
    /// A row that cannot be inserted is in the way of no other.
    func insert(_ record: WorkerRecord) async throws(SheafError) {
        let error = await withCheckedContinuation { answer in
            let isIdle = waiting.withLock { waiting in
                waiting.rows.append(Waiting(record: record, answer: answer))
                defer { waiting.isWriting = true }
                return !waiting.isWriting
            }
            if isIdle { queue.async { self.writeAll() } }
        }
        if let error { throw error }
    }

    private func writeAll() {
        while true {
            let rows = waiting.withLock { waiting in
                defer { waiting.rows = [] }
                waiting.isWriting = !waiting.rows.isEmpty
                return waiting.rows
            }
            if rows.isEmpty { return }
            write(rows)
        }
    }

    private func write(_ rows: [Waiting]) {
        do throws(SheafError) {
            try database.write { database in
                for row in rows { try row.record.insert(database) }
            }
        } catch {
            guard rows.count > 1 else {
                for row in rows { row.answer.resume(returning: error) }
                return
            }
            // Nothing of it is there. Whose fault it was shows when each comes alone.
            for row in rows { write([row]) }
            return
        }
        for row in rows { row.answer.resume(returning: nil) }
    }
}
