package import BundleModel

/// A commit of a mirror that a collection keeps, with all that it reaches, and by what it is held.
package struct HeldRelease: Hashable, Sendable {
    /// What holds a commit.
    package enum Holder: Hashable, Sendable {
        /// It is in service on a channel.
        case channel(ChannelID)
        /// Live workers were created from it.
        case pin
        /// It was fetched for a channel and is being checked.
        case arriving(ChannelID)
        /// Somebody in this process has its contents open.
        case use
        /// A reference that is none of the runtime's own.
        case reference(String)
    }

    /// The commit, or whatever object a foreign reference names.
    package let commit: CommitID
    /// What holds it.
    package let holder: Holder
}
