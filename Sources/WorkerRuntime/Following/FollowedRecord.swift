internal import BundleModel
internal import Foundation
internal import GRDB

/// A channel that this host follows: a row of the database, so that a restart goes on with it.
struct FollowedRecord: Codable, Hashable, Sendable {
    var workspace: String
    var bundle: String
    var channel: String
    /// The row of a channel of the configuration goes when that names it no more.
    var origin: FollowOrigin
    var followedAt: Date
    /// Whether it was asked for before the configuration named it: then it stays followed when the
    /// configuration names it no more. Nil in a store that no owner of this version has opened yet.
    var wasRequested: Bool?

    init(_ channel: FollowedChannel, _ origin: FollowOrigin, _ moment: Date) {
        workspace = channel.workspace.rawValue
        bundle = channel.bundle.rawValue
        self.channel = channel.channel.rawValue
        self.origin = origin
        followedAt = moment
        wasRequested = origin == .request
    }

    /// The channel; nil when a name of the row is none.
    var followed: FollowedChannel? {
        ChannelPlace([workspace, bundle, channel]).map {
            FollowedChannel($0.workspace, $0.bundle, $0.channel)
        }
    }
}

extension FollowedRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "followed" }

    /// Every row; none in a store that no owner of this version has opened yet.
    static func all(in database: Database) throws -> [FollowedRecord] {
        guard try database.tableExists(databaseTableName) else { return [] }
        return try fetchAll(database)
    }

    /// The row of the same channel.
    func known(in database: Database) throws -> FollowedRecord? {
        try Self.fetchOne(
            database, key: ["workspace": workspace, "bundle": bundle, "channel": channel])
    }

    /// Follows the channel no more, and keeps nothing of one that was never in service.
    @discardableResult
    func end(in database: Database) throws -> Bool {
        try ChannelRecord.dropUnlessAccepted(workspace, bundle, channel, in: database)
        return try delete(database)
    }
}

extension RuntimeDatabase {
    /// The table of what is followed. Frozen once it is merged.
    static func migrateFollowed(_ database: Database) throws {
        try database.create(table: FollowedRecord.databaseTableName) { table in
            table.primaryKey {
                for name in ["workspace", "bundle", "channel"] {
                    table.column(name, .text).notNull()
                }
            }
            table.column("origin", .text).notNull()
            table.column("followedAt", .datetime).notNull()
        }
    }

    /// What was asked for before it was configured. Frozen once it is merged.
    static func migrateFollowedOrigin(_ database: Database) throws {
        try database.alter(table: FollowedRecord.databaseTableName) { table in
            table.add(column: "wasRequested", .boolean)
        }
        try database.execute(sql: "UPDATE followed SET wasRequested = (origin = 'request')")
    }
}
