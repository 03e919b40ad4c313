internal import BundleModel

/// A channel of a bundle of a workspace, as rows name it.
struct ChannelPlace: Hashable, Sendable {
    let workspace: WorkspaceID
    let bundle: BundleID
    let channel: ChannelID

    init(_ workspace: WorkspaceID, _ bundle: BundleID, _ channel: ChannelID) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
    }

    /// Reads the three names; nil when one is no name.
    init?(_ names: [String]) {
        guard names.count == 3, let workspace = try? WorkspaceID(names[0]),
            let bundle = try? BundleID(names[1]), let channel = try? ChannelID(names[2])
        else { return nil }
        self.init(workspace, bundle, channel)
    }

    /// Whether it is among those asked for; nil asks for every one.
    func isWithin(
        _ bundle: BundleID?, _ channel: ChannelID?, _ workspace: WorkspaceID?
    ) -> Bool {
        (bundle == nil || bundle == self.bundle) && (channel == nil || channel == self.channel)
            && (workspace == nil || workspace == self.workspace)
    }

    /// The three names.
    var names: [String] { [workspace.rawValue, bundle.rawValue, channel.rawValue] }
}
