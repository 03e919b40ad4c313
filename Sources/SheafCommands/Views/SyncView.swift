internal import BundleModel
internal import WorkerRuntime

/// What a sync did, as JSON.
struct SyncView: Encodable {
    let outcome: SyncResult.Outcome
    let pin: String
    let release: ReleaseView
    let previous: ReleaseView?
    let objects: Int
    let bytes: Int
    let profiles: [PreflightView]

    init(_ result: SyncResult) {
        outcome = result.outcome
        pin = result.pin.description
        release = ReleaseView(result.release)
        previous = result.previous.map(ReleaseView.init)
        objects = result.objects
        bytes = result.bytes
        profiles = result.profiles.map(PreflightView.init)
    }
}
