internal import BundleModel
internal import Foundation
internal import GRDB
internal import Synchronization

/// The SQLite database of a runtime: channels that it follows and workers that it created.
///
/// Committed rows are on disk: the write-ahead log is synchronised at every commit. An owner reads
/// through a connection of its own, so that a look at a row does not wait for a commit on its way to
/// the disk. (GRDB's pool would do the same and synchronise less.)
final class RuntimeDatabase: Sendable {
    private let path: String
    private let isOwner: Bool
    private let opened = Mutex<DatabaseQueue?>(nil)
    private let reading = Mutex<DatabaseQueue?>(nil)
    /// Whether commits of the connection that writes wait for the disk.
    private let isWaiting = Mutex(true)

    /// Opens the database of a store; a reader opens it read-only, and finds nothing for as long as
    /// the owner has not made it. Throws `store_corrupt` or `io_error`.
    init(path: String, isOwner: Bool) throws(SheafError) {
        self.path = path
        self.isOwner = isOwner
        do {
            _ = try queue()
        } catch {
            throw Self.error(error)
        }
    }

    private func queue() throws -> DatabaseQueue {
        try opened.withLock { opened in
            if let opened { return opened }
            // A reader that came before the owner had made the file looks again next time.
            guard let queue = try open() else { return try Self.empty() }
            opened = queue
            return queue
        }
    }

    private func open() throws -> DatabaseQueue? {
        if !isOwner, !FileManager.default.fileExists(atPath: path) { return nil }
        if isOwner { try Self.makePrivate(path) }
        var configuration = Configuration()
        configuration.readonly = !isOwner
        configuration.busyMode = .timeout(2)
        let isOwner = isOwner
        configuration.prepareDatabase { database in
            try database.execute(sql: Self.boundedCache)
            guard isOwner else { return }
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        guard try !queue.read(Self.migrator.hasBeenSuperseded) else {
            throw SheafError(
                .storeCorrupt, "the store's database is of another version of Sheaf",
                hint: "open it with the version that made it, or a newer one")
        }
        if isOwner {
            try Self.migrator.migrate(queue)
        } else if try queue.read(Self.migrator.appliedIdentifiers).isEmpty {
            // The owner has only just made the file.
            return nil
        }
        return queue
    }

    /// Pages of the file that a connection keeps, in KiB; SQLite's own default is 2,000. Those that
    /// many look-ups need are few, and the system keeps the rest.
    private static let boundedCache = "PRAGMA cache_size = -512"

    /// The connection that reads; the one that writes must have made the tables before.
    private func reader() throws -> DatabaseQueue {
        let writer = try queue()
        guard isOwner else { return writer }
        return try reading.withLock { reading in
            if let reading { return reading }
            var configuration = Configuration()
            configuration.readonly = true
            configuration.prepareDatabase { try $0.execute(sql: Self.boundedCache) }
            configuration.busyMode = .timeout(2)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            reading = queue
            return queue
        }
    }

    /// Rows hold paths of the host, so only its owner may read them; SQLite gives the files beside
    /// the database the same permissions.
    private static func makePrivate(_ path: String) throws {
        let manager = FileManager.default
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        if manager.fileExists(atPath: path) {
            try manager.setAttributes(attributes, ofItemAtPath: path)
        } else if !manager.createFile(atPath: path, contents: nil, attributes: attributes) {
            throw SheafError(.ioError, "the store's database cannot be made")
        }
    }

    private static func empty() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try migrator.migrate(queue)
        return queue
    }

    /// How the tables came to be.
    ///
    /// A migration is frozen once it is merged: hosts have run it. What changes afterwards is a
    /// migration of its own, with the next number.
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: channels, workers, verified releases") { database in
            try database.create(table: ChannelRecord.databaseTableName) { table in
                table.primaryKey {
                    table.column("workspace", .text).notNull()
                    table.column("bundle", .text).notNull()
                    table.column("channel", .text).notNull()
                }
                table.column("highestSequence", .integer).notNull()
                for name in [
                    "acceptedCommit", "acceptedDigest", "offeredCommit", "failureCode",
                    "failureMessage", "preflight",
                ] {
                    table.column(name, .text)
                }
                table.column("acceptedRevision", .integer)
                for name in ["acceptedAt", "attemptedAt", "contactedAt"] {
                    table.column(name, .datetime)
                }
            }
            try database.create(table: WorkerRecord.databaseTableName) { table in
                table.primaryKey("id", .text)
                for name in [
                    "requestDigest", "mode", "selector", "profile", "profileDigest",
                    "policyDigest", "state", "intent", "grants", "specification",
                ] {
                    table.column(name, .text).notNull()
                }
                for name in ["workspace", "bundle", "commitID", "bundleDigest"] {
                    table.column(name, .text)
                }
                table.column("createdAt", .datetime).notNull()
                table.column("stoppedAt", .datetime)
            }
            try database.create(table: VerifiedRecord.databaseTableName) { table in
                table.primaryKey {
                    for name in ["workspace", "bundle", "commitID"] {
                        table.column(name, .text).notNull()
                    }
                }
                table.column("digest", .text).notNull()
                table.column("rulesVersion", .integer).notNull()
                table.column("verifiedAt", .datetime).notNull()
            }
            try database.create(indexOn: WorkerRecord.databaseTableName, columns: ["state"])
        }
        migrator.registerMigration("store-over-time", migrate: migrateStoreOverTime)
        migrator.registerMigration("workers-run") { database in
            try database.alter(table: WorkerRecord.databaseTableName) { table in
                table.add(column: "startedAt", .datetime)
                table.add(column: "endedAt", .datetime)
                table.add(column: "exitStatus", .integer)
                table.add(column: "failureCode", .text)
            }
            try database.execute(sql: "UPDATE worker SET endedAt = stoppedAt")
        }
        migrator.registerMigration("followed-channels", migrate: migrateFollowed)
        migrator.registerMigration("look-by-commit") { database in
            try database.create(indexOn: VerifiedRecord.databaseTableName, columns: ["commitID"])
            try database.create(
                indexOn: WorkerRecord.databaseTableName, columns: ["workspace", "createdAt", "id"])
        }
        migrator.registerMigration("followed-origin", migrate: migrateFollowedOrigin)
        migrator.registerMigration("worker-lists", migrate: migrateWorkerLists)
        return migrator
    }

    /// Reads; throws `store_corrupt`, `store_busy` or `io_error`.
    func read<Value>(_ body: (Database) throws -> Value) throws(SheafError) -> Value {
        do {
            return try reader().read(body)
        } catch {
            throw Self.error(error)
        }
    }

    /// Reads by one statement, which needs no transaction around it; throws as ``read(_:)``.
    func look<Value>(_ body: (Database) throws -> Value) throws(SheafError) -> Value {
        do {
            return try reader().unsafeRead(body)
        } catch {
            throw Self.error(error)
        }
    }

    /// Writes in one transaction that is on disk when this returns.
    func write<Value>(_ body: (Database) throws -> Value) throws(SheafError) -> Value {
        do {
            return try queue().writeWithoutTransaction { database in
                try waitForDisk(database)
                return try Self.transaction(database, body)
            }
        } catch {
            throw Self.error(error)
        }
    }

    /// Writes in one transaction that outlives this process, and that a loss of power may take back
    /// until the next ``write(_:)``: for rows that say again what the mirrors say, from which they
    /// are then repaired. Spares the wait for the disk.
    func writeRepairable<Value>(
        _ body: (Database) throws -> Value
    ) throws(SheafError) -> Value {
        do {
            return try queue().writeWithoutTransaction { database in
                isWaiting.withLock { $0 = false }
                // In WAL mode NORMAL leaves out no more than the wait (sqlite.org/pragma.html).
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                let value = try Self.transaction(database, body)
                // When this is refused the row is there all the same; the next write tries again.
                try? waitForDisk(database)
                return value
            }
        } catch {
            throw Self.error(error)
        }
    }

    /// Has commits wait for the disk again; nothing is committed that should and would not.
    private func waitForDisk(_ database: Database) throws {
        if isWaiting.withLock({ $0 }) { return }
        try database.execute(sql: "PRAGMA synchronous = FULL")
        isWaiting.withLock { $0 = true }
    }

    private static func transaction<Value>(
        _ database: Database, _ body: (Database) throws -> Value
    ) throws -> Value {
        var value: Value?
        try database.inTransaction {
            value = try body(database)
            return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return value
    }

    /// A time as a row gives it back: the database keeps milliseconds.
    static func stored(_ moment: Date) -> Date {
        Date.fromDatabaseValue(moment.databaseValue) ?? moment
    }

    private static func error(_ error: any Error) -> SheafError {
        if let error = error as? SheafError { return error }
        guard let error = error as? DatabaseError else {
            return SheafError(.storeCorrupt, "a row of the store's database cannot be read")
        }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR:
            return SheafError(.storeCorrupt, "the store's database is damaged")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return SheafError(.storeBusy, "another process is using the store's database")
        default:
            return SheafError(
                .ioError, "the store's database: \(error.message ?? "the disk failed")")
        }
    }
}
