public import Foundation

/// Something about a channel that whoever runs the host should know; there only while it is true.
public struct ChannelCondition: Hashable, Sendable {
    /// What it is; the raw values are stable.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The last verified contact is older than the host policy allows. Reasons:
        /// `limit_passed`, `never_verified`, `clock_went_back`.
        case stale
        /// The newest release that was offered was refused. The reason is the error's code.
        case refused
        /// The last try brought no release to judge. The reason is the error's code.
        case syncFailed = "sync_failed"
        /// Later rules find something in the release in service. The reason is the code of the
        /// gravest finding.
        case findings
        /// The host policy denies a profile of the release something that it needs, or the profile
        /// cannot be resolved. Reason: `host_policy_denied` or the error's code.
        case preflightDenied = "preflight_denied"
        /// The host policy serves the bundle no more. Reason: `host_policy_denied`.
        case notFollowed = "not_followed"
        /// The host policy cannot be read. The reason is the error's code.
        case policyUnreadable = "policy_unreadable"
        /// What is in service cannot be read. The reason is the error's code.
        case damaged
    }

    /// What it is.
    public let kind: Kind
    /// Why; stable for each kind.
    public let reason: String
    /// The same in words.
    public let message: String
    /// Since when, where that is known.
    public let since: Date?

    init(_ kind: Kind, _ reason: String, _ message: String, since: Date? = nil) {
        self.kind = kind
        self.reason = reason
        self.message = message
        self.since = since
    }
}
