public import BundleModel

/// What the host policy says to one profile: grant by grant.
public struct PolicyDecision: Hashable, Sendable {
    /// A declaration that is granted, with what it stands for on this host.
    public struct Granted: Hashable, Sendable {
        /// What was asked for.
        public let declaration: Declaration
        /// What it stands for; never leaves the host.
        public let rule: GrantRule
    }

    /// What is granted.
    public let granted: [Granted]
    /// What is denied and needed: the worker is refused.
    public let denied: [DeniedGrant]
    /// What is denied and optional: the worker goes without.
    public let dropped: [DeniedGrant]
    /// The engine's command; nil when the profile names no engine.
    public let engineCommand: [String]?

    /// Throws `host_policy_denied` with every grant that is denied, not only the first.
    public func requireAllowed(_ subject: String) throws(SheafError) {
        if denied.isEmpty { return }
        throw SheafError(
            .hostPolicyDenied,
            "the host policy denies \(subject) "
                + (denied.count == 1 ? "one thing it needs" : "\(denied.count) things it needs"),
            hint: "the owner of the host can grant them in the host policy",
            findings: denied.map {
                Finding(
                    code: .hostPolicyDenied, rule: $0.reason.rawValue, message: $0.description)
            })
    }
}
