public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// The longest reason, in bytes.
    private static let reasonLimit = 1024

    /// Forgets what this host knows of a channel: the way out after its repository was restored from
    /// a backup, and a way to stop following what was asked for. What the configuration of a daemon
    /// names is followed further.
    ///
    /// The release in service goes out of service and the highest sequence number is forgotten, so
    /// that the next sync accepts whatever number the repository has. What live workers use stays
    /// held. That it happened, when and why is recorded for good.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - channel: the channel.
    ///   - workspace: the workspace; nil where only one of this host has the channel.
    ///   - reason: why, for whoever asks later: one line of at most 1,024 bytes.
    /// - Throws: `not_found` when nothing is known of the channel, `invalid_request`,
    ///   `store_corrupt`, `io_error`.
    @discardableResult
    public func forget(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil, reason: String
    ) throws(SheafError) -> ForgottenChannel {
        try requireOwner()
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty, reason.utf8.count <= Self.reasonLimit, !reason.contains("\n") else {
            throw SheafError(
                .invalidRequest, "a reason is one line of at most \(Self.reasonLimit) bytes")
        }
        let place = try known(bundle, channel, workspace)
        let mirror = try openMirror(of: place)
        let accepted = try? mirror?.accepted(channel)
        let record = try channelRecord(place.workspace, bundle, channel)
        let forgotten = ForgottenRecord(
            id: nil, workspace: place.workspace.rawValue, bundle: bundle.rawValue,
            channel: channel.rawValue,
            commitID: accepted?.commit.hex ?? record?.acceptedCommit,
            sequence: max(record?.highestSequence ?? 0, accepted?.sequence ?? 0),
            reason: DisplayText.masked(reason), forgottenAt: now(), isDone: mirror == nil)
        let saved = try database.write { database in
            var row = forgotten
            try row.insert(database)
            for (table, more) in [
                (ChannelRecord.databaseTableName, ""), (RefusalRecord.databaseTableName, ""),
                (FollowedRecord.databaseTableName, "AND origin = 'request'"),
            ] {
                try database.execute(
                    sql: """
                        DELETE FROM \(table)
                        WHERE workspace = ? AND bundle = ? AND channel = ? \(more)
                        """, arguments: [row.workspace, row.bundle, row.channel])
            }
            // What the configuration follows is followed by nothing else any more.
            try database.execute(
                sql: """
                    UPDATE followed SET wasRequested = 0
                    WHERE workspace = ? AND bundle = ? AND channel = ?
                    """, arguments: [row.workspace, row.bundle, row.channel])
            // Read back, for the time as the database keeps it.
            return try ForgottenRecord.fetchOne(database, key: row.id) ?? row
        }
        if let mirror { try finishForgetting(in: mirror, now: saved.id) }
        logger.warning(
            "a channel was forgotten",
            metadata: ["channel": "\(bundle)@\(channel)", "sequence": "\(saved.sequence)"])
        return ForgottenChannel(saved)
    }

    /// Takes out of service what was forgotten: also for a process that was killed between the two
    /// steps. A release that came into service after that is none of what was forgotten, and stays.
    ///
    /// - Parameter current: what is being forgotten right now, whatever release is in service.
    func finishForgetting(
        in mirror: ReleaseMirror, now current: Int64? = nil
    ) throws(SheafError) {
        let (workspace, bundle) = (mirror.workspace.rawValue, mirror.bundle.rawValue)
        let open = try database.read { database in
            try ForgottenRecord.all(in: database).filter {
                $0.workspace == workspace && $0.bundle == bundle && !$0.isDone
            }
        }
        for row in open {
            guard let channel = try? ChannelID(row.channel) else { continue }
            if row.id == current {
                try mirror.drop(channel)
            } else if let commit = row.commitID.flatMap({ CommitID($0) }) {
                try mirror.drop(channel, ifServing: commit)
            }
            var done = row
            done.isDone = true
            let saved = done
            try database.write { try saved.update($0) }
        }
    }

    private func openMirror(of place: ChannelPlace) throws(SheafError) -> ReleaseMirror? {
        do throws(SheafError) {
            return try mirror(place.workspace, place.bundle)
        } catch  where error.code == .bundleMissing {
            return nil
        }
    }

    /// The one channel of that name that something is known of.
    private func known(
        _ bundle: BundleID, _ channel: ChannelID, _ workspace: WorkspaceID?
    ) throws(SheafError) -> ChannelPlace {
        let found = try status(of: bundle, on: channel, workspace: workspace)
            .filter {
                $0.accepted != nil || $0.attemptedAt != nil || $0.followed != nil
                    || !$0.conditions.isEmpty
            }
        guard let first = found.first else {
            throw SheafError(
                .notFound, "nothing is known of '\(bundle)@\(channel)' on this host",
                hint: "'sheaf runtime status' shows what is")
        }
        guard found.count == 1 else {
            throw SheafError(
                .invalidRequest, "several workspaces of this host have '\(bundle)@\(channel)'",
                hint: "say which with --workspace")
        }
        return ChannelPlace(first.workspace, bundle, channel)
    }
}
