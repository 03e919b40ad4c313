public import BundleModel

/// What a launcher sees of a start before it is made: whether the host has what it grants, and what
/// else would keep an engine from being started.
public struct LaunchOutlook: Hashable, Sendable {
    /// Each grant, and whether the host has it.
    public let resources: [ResourceAvailability]
    /// What would refuse the start: the engine's command, mounts that lie in each other, two things
    /// with one variable. No path of the host is in it.
    public let problems: [SheafError]

    /// Creates an outlook.
    public init(resources: [ResourceAvailability], problems: [SheafError] = []) {
        self.resources = resources
        self.problems = problems
    }

    /// The outlook of a launcher that looks at nothing: everything that is granted is there.
    public init(trusting decision: PolicyDecision) {
        self.init(
            resources: decision.granted.map { ResourceAvailability($0.declaration, problem: nil) })
    }

    /// What a host has of what its policy grants.
    ///
    /// - Parameters:
    ///   - host: the variables that secrets may be in.
    ///   - isReading: whether secrets are read, to see whether they can be used.
    static func resources(
        of decision: PolicyDecision, host: [String: String], isReading: Bool
    ) -> [ResourceAvailability] {
        decision.granted.map { granted in
            let resource = GrantedResource(granted: granted, host: host)
            var problem = isReading ? nil : resource.look()
            if isReading, case .problem(let text) = resource.take() { problem = text }
            return ResourceAvailability(granted.declaration, problem: problem)
        }
    }
}
