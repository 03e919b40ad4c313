public import BundleModel

/// Everything that a launcher needs to run a worker. It stays on the host: it may hold paths of
/// mounts and sources of secrets, never a secret's value.
public struct ResolvedWorkerSpec: Hashable, Sendable {
    /// The worker, by the id that no other on this host has.
    public let worker: WorkerID
    /// The id that was asked for, by which its engine knows it.
    public let requestedID: WorkerID
    /// Where its profile came from.
    public let mode: WorkerMode
    /// The bundle's contents; nil in builtin mode.
    public let pin: ConfigBundleRef?
    /// The profile with everything that its ancestors give it.
    public let profile: ResolvedProfile
    /// What the host policy decided.
    public let decision: PolicyDecision
    /// What the worker is for.
    public let intent: WorkerIntent

    /// The same without grants that the host does not have.
    func without(_ missing: [ResourceAvailability]) -> ResolvedWorkerSpec {
        let problems = Dictionary(
            missing.map { ($0.declaration, $0.problem ?? "") },
            uniquingKeysWith: { first, _ in first })
        let dropped = decision.granted.compactMap { granted -> DeniedGrant? in
            let name = granted.declaration.name.rawValue
            guard let problem = problems[name] else { return nil }
            return DeniedGrant(
                subject: granted.declaration.ref.description, declaration: name,
                reason: .notAvailable, message: problem)
        }
        return ResolvedWorkerSpec(
            worker: worker, requestedID: requestedID, mode: mode, pin: pin, profile: profile,
            decision: PolicyDecision(
                granted: decision.granted.filter { problems[$0.declaration.name.rawValue] == nil },
                denied: decision.denied, dropped: decision.dropped + dropped,
                engineCommand: decision.engineCommand),
            intent: intent)
    }
}
