public import BundleModel

/// What would become of a worker of a profile now.
public struct ReadinessDocument: Hashable, Sendable, Codable {
    /// The profile.
    public let profile: ProfileID
    /// Whether a worker could be created and its engine started.
    public let ready: Bool
    /// What the host policy says.
    public let decision: DecisionDocument
    /// What is granted, and whether the host has it.
    public let resources: [ResourceDocument]
    /// What else would refuse a worker.
    public let problems: [FailureDocument]

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case profile, ready, decision, resources, problems
    }

    /// Creates the document out of its fields.
    public init(
        profile: ProfileID, ready: Bool, decision: DecisionDocument, resources: [ResourceDocument],
        problems: [FailureDocument]
    ) {
        self.profile = profile
        self.ready = ready
        self.decision = decision
        self.resources = resources
        self.problems = problems
    }
}
