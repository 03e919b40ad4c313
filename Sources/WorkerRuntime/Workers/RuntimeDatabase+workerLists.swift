internal import BundleModel
internal import GRDB

extension RuntimeDatabase {
    /// The ids that were asked for, the beginnings of the inputs, and the indexes that lists and looks
    /// for a worker are read from. Frozen once it is merged.
    ///
    /// A row may have an input of 1 MiB: each is read once and written once, and no two are in memory
    /// together.
    static func migrateWorkerLists(_ database: Database) throws {
        let table = "worker"
        try database.alter(table: table) { table in
            table.add(column: "requestedID", .text)
            table.add(column: "excerpt", .text)
        }
        for id in try String.fetchAll(database, sql: "SELECT id FROM worker") {
            let intent = try String.fetchOne(
                database, sql: "SELECT intent FROM worker WHERE id = ?", arguments: [id])
            try database.execute(
                sql: "UPDATE worker SET requestedID = id, excerpt = ? WHERE id = ?",
                arguments: [intent.flatMap(excerpt(ofIntent:)), id])
        }
        try database.drop(indexOn: table, columns: ["workspace", "createdAt", "id"])
        try database.create(indexOn: table, columns: ["requestedID", "workspace"])
        try database.create(indexOn: table, columns: ["workspace", "createdAt", "requestedID"])
        // In a row these lie behind an input and a specification, and SQLite reads a row from its
        // front.
        try database.execute(
            sql: """
                CREATE INDEX worker_summary ON worker (
                    createdAt DESC, id, requestedID, state, mode, workspace, bundle, commitID,
                    bundleDigest, selector, profile, excerpt, startedAt, endedAt, stoppedAt,
                    exitStatus, failureCode)
                """)
    }

    private struct FirstIntent: Decodable {
        let input: String
    }

    /// The beginning of the input of an intent as rows had it then; nil for one that is damaged.
    private static func excerpt(ofIntent intent: String) -> String? {
        guard let input = (try? HostJSON.decode(intent, as: FirstIntent.self))?.input else {
            return nil
        }
        let start = input.unicodeScalars.prefix(121)
        let excerpt =
            start.count > 120
            ? String(String.UnicodeScalarView(start.dropLast())) + "…" : input
        return CanonicalJSON.text(.array([.text(excerpt)]))
    }
}
