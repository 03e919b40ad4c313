internal import BundleModel
internal import WorkerRuntime

/// What the host policy says to one profile, as JSON.
struct PreflightView: Encodable {
    struct Failure: Encodable {
        let code: String
        let message: String
    }

    let profile: ProfileID
    let allowed: Bool
    let denied: [DeniedGrant]
    let dropped: [DeniedGrant]
    let failure: Failure?

    init(_ preflight: ProfilePreflight) {
        profile = preflight.profile
        allowed = preflight.isAllowed
        denied = preflight.denied
        dropped = preflight.dropped
        failure = preflight.failure.map {
            Failure(code: $0.code.rawValue, message: $0.message)
        }
    }
}
