public import BundleModel
public import BundleRepository
public import Foundation

/// What a host knows of one channel that it follows.
public struct ChannelStatus: Sendable {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The channel.
    public let channel: ChannelID
    /// Who wants it followed; nil when this host does not keep it up to date by itself.
    public let followed: FollowOrigin?
    /// The newest release that is known; nil before the first contact.
    public let desired: KnownRelease?
    /// The release that was offered last, in service or refused.
    public let attempted: KnownRelease?
    /// The release in service.
    public let accepted: Release?
    /// When it came into service.
    public let acceptedAt: Date?
    /// When the repository was last asked, or a file was last imported.
    public let attemptedAt: Date?
    /// When the repository last answered with something that passed all checks.
    public let contactedAt: Date?
    /// What whoever runs the host should know, in the order of ``ChannelCondition/Kind``.
    public let conditions: [ChannelCondition]
    /// When the host was last told to forget what it knew; nil when it never was.
    public let forgotten: ForgottenChannel?
}
