public import BundleModel

/// A release as far as a host knows it: one that was refused may say nothing that can be read.
public struct KnownRelease: Hashable, Sendable {
    /// The commit.
    public let commit: CommitID
    /// What it says its number on the channel is.
    public let sequence: Int?
    /// What it says its digest is. Of a refused release nothing proves it.
    public let digest: BundleDigest?
}
