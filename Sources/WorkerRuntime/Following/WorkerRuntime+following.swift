public import BundleModel
internal import BundleRepository
internal import GRDB

extension WorkerRuntime {
    /// The channels that this host keeps up to date by itself, by name.
    ///
    /// Throws `store_corrupt`, `store_busy`, `io_error`.
    public func followedChannels() throws(SheafError) -> [FollowedChannel] {
        let rows = try database.read { try FollowedRecord.all(in: $0) }
        return rows.compactMap(\.followed).sorted()
    }

    /// Makes the store follow what the configuration says, and no more what it said before; what
    /// was asked for by requests stays, also when the configuration named it for a while.
    ///
    /// Throws `store_busy`, `io_error`.
    public func follow(configured channels: Set<FollowedChannel>) throws(SheafError) {
        try requireOwner()
        let moment = now()
        try database.write { database in
            for row in try FollowedRecord.fetchAll(database) where row.origin == .configuration {
                if row.followed.map(channels.contains) == true { continue }
                if row.wasRequested == true {
                    var row = row
                    row.origin = .request
                    try row.update(database)
                } else {
                    try row.end(in: database)
                }
            }
            for channel in channels {
                var row = FollowedRecord(channel, .configuration, moment)
                if let known = try row.known(in: database) {
                    row.followedAt = known.followedAt
                    row.wasRequested = known.origin == .request || known.wasRequested == true
                }
                try row.upsert(database)
            }
        }
    }

    /// Follows a channel that somebody asked for, also after a restart. One that the configuration
    /// names stays the configuration's.
    ///
    /// Throws `store_busy`, `io_error`.
    public func follow(_ channel: FollowedChannel) throws(SheafError) {
        try requireOwner()
        let row = FollowedRecord(channel, .request, now())
        try database.write { database in
            if try !row.exists(database) { try row.insert(database) }
        }
    }

    /// Follows a channel no more; what is in service stays there. Says whether it was followed.
    ///
    /// Throws `conflict` for one that the configuration of the host's daemon names, `store_busy`,
    /// `io_error`.
    @discardableResult
    public func unfollow(_ channel: FollowedChannel) throws(SheafError) -> Bool {
        try requireOwner()
        let row = FollowedRecord(channel, .request, now())
        return try database.write { database in
            guard let known = try row.known(in: database) else { return false }
            guard known.origin == .request else {
                throw SheafError(
                    .conflict, "the configuration of this host's daemon follows '\(channel)'",
                    hint: "take it out of 'follow' there, and start the daemon again"
                        + (known.wasRequested == true
                            ? "; it was asked for before as well: then unfollow it" : ""))
            }
            return try known.end(in: database)
        }
    }

    /// The channel that is meant where the workspace may be left out, as the host policy says.
    ///
    /// Throws `host_policy_denied` when this host may not have the bundle, `invalid_request` when
    /// several workspaces serve one of that name, `host_policy_invalid`.
    public func channel(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID?
    ) throws(SheafError) -> FollowedChannel {
        let rule = try Self.rule(try policy(), workspace, bundle)
        return FollowedChannel(rule.workspace, bundle, channel)
    }

    /// The repository that a channel is fetched from, as a name that only tells repositories apart.
    func repositoryName(of channel: FollowedChannel) -> String {
        let rule = try? policy().workspaces[channel.workspace]
        return rule?.repository.of(channel.bundle).text ?? channel.workspace.rawValue
    }

    /// Where the releases of a channel's workspace can be waited for, with what it is shown; nil
    /// when its repository is at no web server, or a credential would be readable on the way.
    func releaseFeed(
        for channel: FollowedChannel, before end: ContinuousClock.Instant
    ) async throws(SheafError) -> ReleaseFeed? {
        let rule = try Self.rule(try policy(), channel.workspace, channel.bundle)
        return ReleaseFeed(
            of: try await RemoteAccess.remote(for: channel.bundle, rule, before: end))
    }
}
