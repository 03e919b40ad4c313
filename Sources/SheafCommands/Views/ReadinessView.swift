internal import BundleModel
internal import WorkerRuntime

/// What would become of a worker of a profile, as JSON.
struct ReadinessView: Encodable {
    let profile: ProfileID
    let ready: Bool
    let allowed: Bool
    let resources: [ResourceAvailability]
    let problems: [PreflightView.Failure]
    let denied: [DeniedGrant]
    let dropped: [DeniedGrant]
    let failure: PreflightView.Failure?

    init(_ readiness: ProfileReadiness) {
        let preflight = PreflightView(readiness.preflight)
        profile = readiness.profile
        ready = readiness.isReady
        allowed = preflight.allowed
        resources = readiness.resources
        problems = readiness.problems.map {
            PreflightView.Failure(code: $0.code.rawValue, message: $0.message)
        }
        denied = preflight.denied
        dropped = preflight.dropped
        failure = preflight.failure
    }
}
