package import BundleModel

/// A wish of the owner that the host forget what it knows of a channel.
package struct OwnerForgetRequest: Hashable, Sendable, Codable {
    /// The workspace; nil where only one of the host is meant.
    package let workspace: WorkspaceID?
    /// The bundle.
    package let bundle: BundleID
    /// The channel.
    package let channel: ChannelID
    /// Why.
    package let reason: String

    /// The names of the fields.
    package enum CodingKeys: String, WireKey {
        case workspace, bundle, channel, reason
    }

    /// Creates the document out of its fields.
    package init(
        workspace: WorkspaceID? = nil, bundle: BundleID, channel: ChannelID, reason: String
    ) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
        self.reason = reason
    }
}
