package import BundleModel

/// A release of a mirror that nothing holds any more.
package struct LostRelease: Hashable, Sendable {
    /// The commit.
    package let commit: CommitID
    /// The channel that it says it is of; nil when it is no release.
    package let channel: ChannelID?
    /// The number that it says it has there.
    package let sequence: Int?
}
