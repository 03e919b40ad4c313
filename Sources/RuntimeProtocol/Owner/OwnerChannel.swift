package import BundleModel

/// A channel that the owner wishes to be followed no more, and the one that is followed no more.
package struct OwnerChannel: Hashable, Sendable, Codable {
    /// The workspace; nil in a wish where only one of the host is meant, never in an answer.
    package let workspace: WorkspaceID?
    /// The bundle.
    package let bundle: BundleID
    /// The channel.
    package let channel: ChannelID

    /// The names of the fields.
    package enum CodingKeys: String, WireKey {
        case workspace, bundle, channel
    }

    /// Creates the document out of its fields.
    package init(workspace: WorkspaceID? = nil, bundle: BundleID, channel: ChannelID) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
    }
}
