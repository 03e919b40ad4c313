package import BundleModel

/// What a runtime remembers of a channel beside the mirror, which can be lost without it.
package struct ChannelMemory: Hashable, Sendable {
    /// The highest sequence number that was ever accepted; 0 for none.
    package let highestSequence: Int
    /// The release that had it.
    package let commit: CommitID?

    /// Creates a memory.
    package init(highestSequence: Int, commit: CommitID?) {
        self.highestSequence = highestSequence
        self.commit = commit
    }
}
