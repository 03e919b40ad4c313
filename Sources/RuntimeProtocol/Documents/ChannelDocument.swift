public import BundleModel

/// What a host knows of one channel of a bundle.
public struct ChannelDocument: Hashable, Sendable, Codable {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The channel.
    public let channel: ChannelID
    /// Who wants it followed: `configuration` or `request`; nil when the host does not keep it up to
    /// date by itself.
    public let followed: String?
    /// The newest release that is known.
    public let desired: KnownReleaseDocument?
    /// The release that was offered last, in service or refused.
    public let attempted: KnownReleaseDocument?
    /// The release in service.
    public let accepted: ReleaseDocument?
    /// When it came into service.
    public let acceptedAt: Timestamp?
    /// When the repository was last asked.
    public let attemptedAt: Timestamp?
    /// When the repository last answered with something that passed all checks.
    public let contactedAt: Timestamp?
    /// What whoever runs the host should know.
    public let conditions: [ConditionDocument]
    /// When the host was last told to forget what it knew.
    public let forgotten: ForgottenDocument?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workspace, bundle, channel, followed, desired, attempted, accepted, acceptedAt,
            attemptedAt,
            contactedAt, conditions, forgotten
    }

    /// Creates the document out of its fields.
    public init(
        workspace: WorkspaceID, bundle: BundleID, channel: ChannelID, followed: String? = nil,
        desired: KnownReleaseDocument? = nil, attempted: KnownReleaseDocument? = nil,
        accepted: ReleaseDocument? = nil, acceptedAt: Timestamp? = nil,
        attemptedAt: Timestamp? = nil, contactedAt: Timestamp? = nil,
        conditions: [ConditionDocument], forgotten: ForgottenDocument? = nil
    ) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
        self.followed = followed
        self.desired = desired
        self.attempted = attempted
        self.accepted = accepted
        self.acceptedAt = acceptedAt
        self.attemptedAt = attemptedAt
        self.contactedAt = contactedAt
        self.conditions = conditions
        self.forgotten = forgotten
    }
}
