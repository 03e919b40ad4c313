/// One sync of a channel that is followed, or that was asked for.
public struct FollowEvent: Sendable {
    /// The channel.
    public let channel: FollowedChannel
    /// `accepted`, `updated`, `moved`, `unchanged`, or the code of the failure.
    public let outcome: String
    /// How long it was due before it began.
    public let waited: Duration
    /// How long it took.
    public let took: Duration
}

/// What a follower does at a moment.
public struct FollowLoad: Hashable, Sendable {
    /// Channels that are followed.
    public let channels: Int
    /// Fetches that are under way.
    public let running: Int
    /// Repositories that wait for one of the places for fetches.
    public let queued: Int
    /// Repositories that could not be reached, and are left alone for a while.
    public let backingOff: Int
    /// Repositories that are waited for by a long poll.
    public let waitedFor: Int
}
