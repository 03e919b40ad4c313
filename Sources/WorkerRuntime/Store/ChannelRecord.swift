public import Foundation
public import GRDB

/// What a runtime knows about one channel that it follows: a row of its database.
public struct ChannelRecord: Codable, Hashable, Sendable {
    /// The workspace.
    public var workspace: String
    /// The bundle.
    public var bundle: String
    /// The channel.
    public var channel: String
    /// The highest sequence number that was ever accepted.
    public var highestSequence: Int
    /// The accepted release's commit.
    public var acceptedCommit: String?
    /// The accepted release's digest.
    public var acceptedDigest: String?
    /// The number of the accepted revision.
    public var acceptedRevision: Int?
    /// When the release came into service.
    public var acceptedAt: Date?
    /// When the repository was last asked.
    public var attemptedAt: Date?
    /// When the repository last answered with something that passed all checks.
    public var contactedAt: Date?
    /// The commit of the last release that was offered.
    public var offeredCommit: String?
    /// The code of the last failure; nil after a success.
    public var failureCode: String?
    /// The message of the last failure.
    public var failureMessage: String?
    /// JSON: what the host policy said to every profile of the accepted release when it came.
    public var preflight: String?
}

extension ChannelRecord: FetchableRecord, PersistableRecord {
    /// The table's name.
    public static var databaseTableName: String { "channel" }
}
