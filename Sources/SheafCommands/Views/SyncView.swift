internal import BundleModel
internal import WorkerRuntime

/// What a sync did, as JSON.
struct SyncView: Encodable {
    struct Profile: Encodable {
        struct Failure: Encodable {
            let code: String
            let message: String
        }

        let profile: ProfileID
        let allowed: Bool
        let denied: [DeniedGrant]
        let dropped: [DeniedGrant]
        let failure: Failure?
    }

    let outcome: SyncResult.Outcome
    let pin: String
    let release: ReleaseView
    let previous: ReleaseView?
    let objects: Int
    let bytes: Int
    let profiles: [Profile]

    init(_ result: SyncResult) {
        outcome = result.outcome
        pin = result.pin.description
        release = ReleaseView(result.release)
        previous = result.previous.map(ReleaseView.init)
        objects = result.objects
        bytes = result.bytes
        profiles = result.profiles.map { preflight in
            Profile(
                profile: preflight.profile, allowed: preflight.isAllowed,
                denied: preflight.denied, dropped: preflight.dropped,
                failure: preflight.failure.map {
                    Profile.Failure(code: $0.code.rawValue, message: $0.message)
                })
        }
    }
}
