package import BundleModel
internal import GRDB

extension WorkerRuntime {
    /// Follows a channel no more, and gives which; what is in service stays there.
    ///
    /// Throws `not_found` when it is not followed, `invalid_request` when several workspaces have
    /// one of that name, and what ``unfollow(_:)`` throws.
    package func unfollow(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID?
    ) throws(SheafError) -> FollowedChannel {
        let found = try followedChannels().filter {
            $0.bundle == bundle && $0.channel == channel
                && (workspace == nil || workspace == $0.workspace)
        }
        guard let first = found.first else {
            throw SheafError(
                .notFound, "this host does not follow '\(bundle)@\(channel)'",
                hint: "'sheaf runtime status' shows what it follows")
        }
        guard found.count == 1 else {
            throw SheafError(
                .invalidRequest, "several workspaces of this host have '\(bundle)@\(channel)'",
                hint: "say which with --workspace")
        }
        try unfollow(first)
        return first
    }
}
