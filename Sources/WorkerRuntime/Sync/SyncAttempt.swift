internal import BundleModel
internal import Foundation

/// One try to bring a channel up to date, as far as it has come.
struct SyncAttempt {
    /// The workspace, once it is known.
    var workspace: WorkspaceID?
    let bundle: BundleID
    let channel: ChannelID
    let startedAt: Date
    /// Whether the host policy serves the bundle.
    var isServed = false
    /// Whether a repository was asked, and not a file read.
    var isContact = true
    /// The release that the repository offered.
    var offered: CommitID?
    /// What that release says of itself.
    var sequence: Int?
    var digest: BundleDigest?

    init(workspace: WorkspaceID?, bundle: BundleID, channel: ChannelID, startedAt: Date) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
        self.startedAt = startedAt
    }
}
