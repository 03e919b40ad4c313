package import BundleModel

/// What a server says about the releases of a workspace.
package enum ReleaseNotice: Sendable, Hashable {
    /// It has no such thing.
    case notOffered
    /// Nothing changed in the time.
    case unchanged
    /// Where the channels are now, and what to ask for changes since.
    case releases([Entry], cursor: String)

    /// Where one channel is.
    package struct Entry: Sendable, Hashable {
        package let bundle: BundleID
        package let channel: ChannelID
        package let commit: CommitID

        package init(bundle: BundleID, channel: ChannelID, commit: CommitID) {
            self.bundle = bundle
            self.channel = channel
            self.commit = commit
        }
    }
}
