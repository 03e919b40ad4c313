public import BundleModel

/// What would become of a worker of a profile on this host now: what the policy says, grant by
/// grant, and whether the host has what it grants.
public struct ProfileReadiness: Hashable, Sendable {
    /// What the host policy says.
    public let preflight: ProfilePreflight
    /// What is granted, and whether the host has it; of secrets nothing is read.
    public let resources: [ResourceAvailability]

    /// The profile.
    public var profile: ProfileID { preflight.profile }

    /// Whether a worker could be created and would get everything that it is granted.
    public var isReady: Bool { preflight.isAllowed && resources.allSatisfy(\.isAvailable) }
}
