public import BundleModel

/// A release that a collection keeps, with all releases before it, and why.
public struct KeptRelease: Hashable, Sendable, Codable {
    /// Why a release is kept.
    public enum Reason: Hashable, Sendable, Codable {
        /// It is in service on a channel that this host follows.
        case followed(ChannelID)
        /// These live workers were created from it.
        case workers([WorkerID])
        /// It was fetched for a channel and is being checked.
        case arriving(ChannelID)
        /// This process has its contents open.
        case inUse
        /// A reference that is none of the runtime's own.
        case reference(String)
    }

    /// The commit.
    public let commit: CommitID
    /// Why.
    public let reason: Reason
}
