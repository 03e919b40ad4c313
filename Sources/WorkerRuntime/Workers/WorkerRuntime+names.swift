package import BundleModel
internal import GRDB

extension WorkerRuntime {
    /// A worker's place in the store: its id there, and of what request it is when it is there.
    struct WorkerPlace {
        let id: WorkerID
        let requestDigest: String?
    }

    /// Where the worker of a request is, or will be; nothing is kept.
    func place(of request: CreateWorkerRequest) throws(SheafError) -> WorkerPlace {
        let name = WorkerName(request)
        // Without a workspace the id is one of the host itself.
        let isOfHost = name.workspace == nil
        let workspace = name.workspace?.rawValue
        let known = try database.look { database in
            let column = isOfHost ? "id" : try nameColumn(database)
            return try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT id, requestDigest FROM worker
                        WHERE \(column) = ?1 AND (?2 IS NULL OR workspace = ?2)
                        """), arguments: [name.id.rawValue, workspace]
            ).map { ($0[0] as String, $0[1] as String) }
        }
        if let known, let id = try? WorkerID(known.0) {
            return WorkerPlace(id: id, requestDigest: known.1)
        }
        for id in name.candidates() {
            if let arrival = arriving[id] {
                if arrival.name == name || workspace == nil {
                    return WorkerPlace(id: id, requestDigest: nil)
                }
            } else if try !isTaken(id) {
                return WorkerPlace(id: id, requestDigest: nil)
            }
        }
        throw SheafError(.conflict, "there is no id for worker '\(name.id)' on this host")
    }

    private func isTaken(_ id: WorkerID) throws(SheafError) -> Bool {
        try database.look { database in
            try Bool.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM worker WHERE id = ?"),
                arguments: [id.rawValue])
        } ?? false
    }

    /// The worker that somebody of a workspace called so; throws `not_found`, in the words for a
    /// worker that is none.
    package func worker(
        named id: WorkerID, in workspace: WorkspaceID
    ) async throws(SheafError) -> WorkerView {
        let known = try database.look { database in
            let column = try nameColumn(database)
            return try String.fetchOne(
                database.cachedStatement(
                    sql: "SELECT id FROM worker WHERE \(column) = ? AND workspace = ?"),
                arguments: [id.rawValue, workspace.rawValue])
        }
        guard let known = known.flatMap({ try? WorkerID($0) }) else { throw .noWorker(id) }
        return try await worker(known)
    }

    /// The column of the ids that were asked for. In a store that no owner of this version has opened
    /// yet, which only a reader can see, they are those of the host.
    func nameColumn(_ database: Database) throws -> String {
        if access == .owner { return "requestedID" }
        return try WorkerRecord.hasListColumns(database) ? "requestedID" : "id"
    }
}
