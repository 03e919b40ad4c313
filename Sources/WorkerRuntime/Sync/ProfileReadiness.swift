public import BundleModel

/// What would become of a worker of a profile on this host now: what the policy says, grant by
/// grant, whether the host has what it grants, and what else would refuse a start.
public struct ProfileReadiness: Hashable, Sendable {
    /// What the host policy says.
    public let preflight: ProfilePreflight
    /// What is granted, and whether the host has it; of secrets nothing is read.
    public let resources: [ResourceAvailability]
    /// What else would refuse a worker: `runtime_stale`, `engine_failed` for a command that is
    /// missing or not executable, mounts that lie in each other, two things with one variable.
    public let problems: [SheafError]

    /// The profile.
    public var profile: ProfileID { preflight.profile }

    /// Whether a worker could be created and its engine started; it goes without what is optional
    /// and not there.
    public var isReady: Bool {
        preflight.isAllowed && problems.isEmpty
            && resources.allSatisfy { $0.isAvailable || !$0.required }
    }
}
