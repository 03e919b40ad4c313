import BundleModel
import Foundation
import GRDB

/// The rows of a runtime's store, as a test reads and changes them behind its back.
struct StoreRows {
    private let queue: DatabaseQueue

    init(_ setup: RuntimeSetup) throws {
        var configuration = Configuration()
        // A runtime may be writing.
        configuration.busyMode = .timeout(10)
        queue = try DatabaseQueue(
            path: "\(setup.store)/runtime.sqlite", configuration: configuration)
    }

    /// Runs a statement.
    func run(_ sql: String, _ arguments: StatementArguments = []) async throws {
        try await queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    /// The texts of the first column.
    func texts(_ sql: String, _ arguments: StatementArguments = []) async throws -> [String] {
        try await queue.read { try String.fetchAll($0, sql: sql, arguments: arguments) }
    }

    /// Makes the table of workers what it was before there were ids that were asked for and excerpts.
    func dropWorkerLists() async throws {
        try await run("DROP INDEX worker_summary")
        try await run("DROP INDEX index_worker_on_requestedID_workspace")
        try await run("DROP INDEX index_worker_on_workspace_createdAt_requestedID")
        for column in ["requestedID", "excerpt"] {
            try await run("ALTER TABLE worker DROP COLUMN \(column)")
        }
        try await run(
            """
            CREATE INDEX index_worker_on_workspace_createdAt_id
            ON worker (workspace, createdAt, id)
            """)
        try await run("DELETE FROM grdb_migrations WHERE identifier = 'worker-lists'")
    }

    /// How SQLite goes about a query.
    func plan(_ sql: String) async throws -> [String] {
        try await queue.read { database in
            try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] }
        }
    }

    /// Writes that a release was verified by an earlier version of the rules.
    func rememberVerified(_ pin: ConfigBundleRef) async throws {
        try await run(
            "INSERT INTO verified VALUES (?, ?, ?, ?, 0, ?)",
            [
                pin.workspace.rawValue, pin.bundle.rawValue, pin.commit.hex,
                pin.digest.description, Date(timeIntervalSince1970: 1_700_000_000),
            ])
    }
}
