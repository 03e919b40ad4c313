package import BundleModel

/// A wish of the owner that a channel be brought up to date, in a time of the own choice.
package struct OwnerSyncRequest: Hashable, Sendable, Codable {
    /// The workspace; nil where only one of the host is meant.
    package let workspace: WorkspaceID?
    /// The bundle.
    package let bundle: BundleID
    /// The channel.
    package let channel: ChannelID
    /// How long it may take, 1 to ``longestSeconds``.
    package let timeoutSeconds: Int

    /// The longest time that an owner may give, here and wherever else: a day.
    package static let longestSeconds = 86_400

    /// The names of the fields.
    package enum CodingKeys: String, WireKey {
        case workspace, bundle, channel, timeoutSeconds
    }

    /// Creates the document out of its fields.
    package init(
        workspace: WorkspaceID? = nil, bundle: BundleID, channel: ChannelID, timeoutSeconds: Int
    ) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
        self.timeoutSeconds = timeoutSeconds
    }
}
