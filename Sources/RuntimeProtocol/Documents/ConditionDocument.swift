/// Something about a channel that is to be known; there only while it is true.
public struct ConditionDocument: Hashable, Sendable, Codable {
    /// What it is: `stale`, `refused`, `sync_failed`, `findings`, `preflight_denied`, `not_followed`, `policy_unreadable` or `damaged`.
    public let kind: String
    /// Why; stable for each kind, mostly the code of an error.
    public let reason: String
    /// The same in words.
    public let message: String
    /// Since when, where that is known.
    public let since: Timestamp?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case kind, reason, message, since
    }

    /// Creates the document out of its fields.
    public init(kind: String, reason: String, message: String, since: Timestamp? = nil) {
        self.kind = kind
        self.reason = reason
        self.message = message
        self.since = since
    }
}
