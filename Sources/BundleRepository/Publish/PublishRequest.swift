public import BundleModel

/// What to publish, and under which conditions.
public struct PublishRequest: Hashable, Sendable {
    /// What the branch must be at for the publish to go ahead.
    public enum Expectation: Hashable, Sendable {
        /// Whatever it is at when the publish begins.
        case any
        /// The bundle must have no revision yet.
        case absent
        /// The newest revision must be this commit.
        case commit(CommitID)
    }

    /// The bundle's directory.
    public var directory: String
    /// The commit message; nil for a short one that names the revision.
    public var message: String?
    /// What the branch must be at.
    public var expectation: Expectation
    /// The channel that the new revision is released to; nil for none.
    public var channel: ChannelID?
    /// Why it is released, in one line; nil for a short one that names the revision.
    public var reason: String?

    /// Creates a request that releases to `latest`.
    public init(
        directory: String, message: String? = nil, expectation: Expectation = .any,
        channel: ChannelID? = .latest, reason: String? = nil
    ) {
        self.directory = directory
        self.message = message
        self.expectation = expectation
        self.channel = channel
        self.reason = reason
    }
}
