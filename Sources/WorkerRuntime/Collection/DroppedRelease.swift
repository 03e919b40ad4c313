public import BundleModel

/// A commit that nothing holds, and why.
public struct DroppedRelease: Hashable, Sendable, Codable {
    /// Why a commit is not kept.
    public enum Reason: Hashable, Sendable, Codable {
        /// The host policy does not serve its bundle any more.
        case notFollowed
        /// Its channel was forgotten.
        case forgotten
        /// It was fetched and refused, with this code.
        case refused(SheafError.Code)
        /// No channel leads to it and no live worker uses it: it was refused earlier, or whoever
        /// used it has ended.
        case unused
    }

    /// The commit.
    public let commit: CommitID
    /// The channel that it says it is of; nil when it is no release of the bundle.
    public let channel: ChannelID?
    /// The number that it says it has there.
    public let sequence: Int?
    /// Why.
    public let reason: Reason
}
