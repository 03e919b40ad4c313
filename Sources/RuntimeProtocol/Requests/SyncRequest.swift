public import BundleModel

/// A wish that a channel be brought up to date: `POST /v1/config-bundles/sync`.
public struct SyncRequest: Hashable, Sendable, Codable {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The channel.
    public let channel: ChannelID

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workspace, bundle, channel
    }

    /// Creates the document out of its fields.
    public init(workspace: WorkspaceID, bundle: BundleID, channel: ChannelID) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
    }
}
