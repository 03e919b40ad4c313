internal import BundleModel
internal import Foundation
internal import GRDB

/// The last release of a channel that was offered and refused: a row of the database, until a good
/// one arrives.
struct RefusalRecord: Codable, Hashable, Sendable {
    var workspace: String
    var bundle: String
    var channel: String
    var commitID: String
    /// What the release says its number is; nil when it says nothing that can be read.
    var sequence: Int?
    /// What the release says its digest is.
    var digest: String?
    var code: String
    var message: String
    var refusedAt: Date
}

extension RefusalRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "refusal" }

    /// The row of a channel; nil also in a store that no owner of this version has opened yet.
    static func of(
        _ workspace: String, _ bundle: String, _ channel: String, in database: Database
    ) throws -> RefusalRecord? {
        guard try database.tableExists(databaseTableName) else { return nil }
        return try fetchOne(
            database, key: ["workspace": workspace, "bundle": bundle, "channel": channel])
    }

    /// Every row.
    static func all(in database: Database) throws -> [RefusalRecord] {
        guard try database.tableExists(databaseTableName) else { return [] }
        return try fetchAll(database)
    }
}
