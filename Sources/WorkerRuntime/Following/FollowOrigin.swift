/// Who wants a channel followed.
public enum FollowOrigin: String, Hashable, Sendable, Codable {
    /// The configuration of the host's daemon.
    case configuration
    /// A sync that somebody asked for.
    case request
}
