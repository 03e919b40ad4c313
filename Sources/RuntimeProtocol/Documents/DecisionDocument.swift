public import BundleModel

/// What the host policy says to one profile.
public struct DecisionDocument: Hashable, Sendable, Codable {
    /// The profile.
    public let profile: ProfileID
    /// Whether a worker could be created.
    public let allowed: Bool
    /// What is denied and needed.
    public let denied: [DeniedGrantDocument]
    /// What is denied and can be gone without.
    public let dropped: [DeniedGrantDocument]
    /// Why the profile cannot be resolved.
    public let failure: FailureDocument?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case profile, allowed, denied, dropped, failure
    }

    /// Creates the document out of its fields.
    public init(
        profile: ProfileID, allowed: Bool, denied: [DeniedGrantDocument],
        dropped: [DeniedGrantDocument], failure: FailureDocument? = nil
    ) {
        self.profile = profile
        self.allowed = allowed
        self.denied = denied
        self.dropped = dropped
        self.failure = failure
    }
}
