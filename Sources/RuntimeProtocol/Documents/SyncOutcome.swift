/// How the release in service changed.
public enum SyncOutcome: String, Hashable, Sendable, Codable {
    /// The first release of the channel on this host.
    case accepted
    /// Another release with other contents came into service.
    case updated
    /// A new release with the same contents: the pin moved.
    case moved
    /// The release in service is the newest.
    case unchanged
}
