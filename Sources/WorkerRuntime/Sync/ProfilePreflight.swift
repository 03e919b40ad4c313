public import BundleModel

/// What would happen if a worker were created from a profile now.
public struct ProfilePreflight: Hashable, Sendable {
    /// The profile.
    public let profile: ProfileID
    /// What the host policy denies and the profile needs.
    public let denied: [DeniedGrant]
    /// What the host policy denies and the profile can go without.
    public let dropped: [DeniedGrant]
    /// Why the profile cannot be resolved; nil when it can.
    public let failure: SheafError?

    /// Whether a worker could be created.
    public var isAllowed: Bool { denied.isEmpty && failure == nil }
}
