internal import BundleModel
internal import GRDB

/// The rows of channels of which no release ever came into service. Whoever may ask for a sync can
/// name any channel, so a name alone gets no row, and the rows that there are have a bound.
extension ChannelRecord {
    /// Of one workspace there are at most so many of them, those that are followed not counted.
    static let unacceptedLimit = 64

    private static let isUnaccepted = """
        acceptedCommit IS NULL AND highestSequence = 0 AND NOT EXISTS (
            SELECT 1 FROM followed WHERE followed.workspace = channel.workspace
            AND followed.bundle = channel.bundle AND followed.channel = channel.channel)
        """

    /// The row of a channel that has none, for an attempt that failed; nil when nothing is kept.
    ///
    /// Kept is what is followed, and what a repository has offered a release on: a file that somebody
    /// sends may name anything. The one that was tried longest ago makes room.
    static func new(for attempt: SyncAttempt, in database: Database) throws -> ChannelRecord? {
        guard let workspace = attempt.workspace, attempt.isServed else { return nil }
        let channel = FollowedChannel(workspace, attempt.bundle, attempt.channel)
        let row = ChannelRecord(workspace, attempt.bundle, attempt.channel)
        if try FollowedRecord(channel, .request, attempt.startedAt).known(in: database) != nil {
            return row
        }
        guard attempt.isContact, attempt.offered != nil else { return nil }
        let others = try ChannelRecord.filter(
            sql: "workspace = ? AND \(isUnaccepted)", arguments: [workspace.rawValue]
        ).order(sql: "attemptedAt").fetchAll(database)
        for old in others.dropLast(unacceptedLimit - 1) {
            try dropUnlessAccepted(old.workspace, old.bundle, old.channel, in: database)
        }
        return row
    }

    /// Takes away what is known of a channel of which no release ever came into service.
    static func dropUnlessAccepted(
        _ workspace: String, _ bundle: String, _ channel: String, in database: Database
    ) throws {
        let key = ["workspace": workspace, "bundle": bundle, "channel": channel]
        guard let row = try fetchOne(database, key: key), row.acceptedCommit == nil,
            row.highestSequence == 0
        else { return }
        try row.delete(database)
        try RefusalRecord.of(workspace, bundle, channel, in: database)?.delete(database)
    }
}
