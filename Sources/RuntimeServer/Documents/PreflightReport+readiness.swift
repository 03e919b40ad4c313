internal import BundleModel
internal import RuntimeProtocol
internal import WorkerRuntime

extension PreflightReport {
    init(_ profiles: [ProfileReadiness]) {
        self.init(profiles: profiles.map(ReadinessDocument.init))
    }
}

extension ReadinessDocument {
    fileprivate init(_ readiness: ProfileReadiness) {
        self.init(
            profile: readiness.profile, ready: readiness.isReady,
            decision: DecisionDocument(readiness.preflight),
            resources: readiness.resources.map(ResourceDocument.init),
            problems: readiness.problems.map(FailureDocument.init))
    }
}

extension ResourceDocument {
    fileprivate init(_ resource: ResourceAvailability) {
        self.init(
            reference: resource.reference, declaration: resource.declaration,
            required: resource.required, problem: resource.problem)
    }
}
