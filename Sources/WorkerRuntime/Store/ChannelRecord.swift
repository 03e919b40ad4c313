internal import Foundation
internal import GRDB

/// What a runtime knows about one channel that it follows: a row of its database.
struct ChannelRecord: Codable, Hashable, Sendable {
    /// The workspace.
    var workspace: String
    /// The bundle.
    var bundle: String
    /// The channel.
    var channel: String
    /// The highest sequence number that was ever accepted.
    var highestSequence: Int
    /// The accepted release's commit.
    var acceptedCommit: String?
    /// The accepted release's digest.
    var acceptedDigest: String?
    /// The number of the accepted revision.
    var acceptedRevision: Int?
    /// When the release came into service.
    var acceptedAt: Date?
    /// When the repository was last asked.
    var attemptedAt: Date?
    /// When the repository last answered with something that passed all checks.
    var contactedAt: Date?
    /// The commit of the last release that was offered.
    var offeredCommit: String?
    /// The code of the last failure; nil after a success.
    var failureCode: String?
    /// The message of the last failure.
    var failureMessage: String?
    /// JSON: what the host policy said to every profile of the accepted release when it came.
    var preflight: String?
}

extension ChannelRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "channel" }
}
