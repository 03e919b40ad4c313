internal import Foundation
internal import GRDB

/// A channel that this host was told to forget, by whom it has to be answered for: a row of the
/// database, which stays.
struct ForgottenRecord: Codable, Hashable, Sendable {
    var id: Int64?
    var workspace: String
    var bundle: String
    var channel: String
    /// The release that was in service.
    var commitID: String?
    /// The highest sequence number that had been accepted.
    var sequence: Int
    var reason: String
    var forgottenAt: Date
    /// Whether the release is out of service; false in a process that was killed before that.
    var isDone: Bool
}

extension ForgottenRecord: FetchableRecord, MutablePersistableRecord {
    static var databaseTableName: String { "forgotten" }

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

    /// Every row, the newest first.
    static func all(in database: Database) throws -> [ForgottenRecord] {
        guard try database.tableExists(databaseTableName) else { return [] }
        return try order(literal: "id DESC").fetchAll(database)
    }
}
