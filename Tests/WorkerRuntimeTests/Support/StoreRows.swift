import BundleModel
import Foundation
import GRDB

/// The rows of a runtime's store, as a test reads and changes them behind its back.
struct StoreRows {
    private let queue: DatabaseQueue

    init(_ setup: RuntimeSetup) throws {
        queue = try DatabaseQueue(path: "\(setup.store)/runtime.sqlite")
    }

    /// Runs a statement.
    func run(_ sql: String, _ arguments: StatementArguments = []) async throws {
        try await queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    /// The texts of the first column.
    func texts(_ sql: String, _ arguments: StatementArguments = []) async throws -> [String] {
        try await queue.read { try String.fetchAll($0, sql: sql, arguments: arguments) }
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
