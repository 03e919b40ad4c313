internal import BundleModel
internal import Foundation
internal import GRDB

/// A channel that this host follows: a row of the database, so that a restart goes on with it.
struct FollowedRecord: Codable, Hashable, Sendable {
    /// Who wants it followed.
    enum Origin: String, Codable {
        /// The daemon's configuration; the row goes when it says so no more.
        case configuration
        /// A sync that somebody asked for.
        case request
    }

    var workspace: String
    var bundle: String
    var channel: String
    var origin: Origin
    var followedAt: Date

    init(_ channel: FollowedChannel, _ origin: Origin, _ moment: Date) {
        workspace = channel.workspace.rawValue
        bundle = channel.bundle.rawValue
        self.channel = channel.channel.rawValue
        self.origin = origin
        followedAt = moment
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
}
