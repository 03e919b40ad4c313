internal import BundleModel
internal import Foundation
internal import WorkerRuntime

/// A worker as JSON.
struct WorkerRecordView: Encodable {
    let id: WorkerID
    /// What it was asked for as, where another workspace had that id.
    var requestedID: WorkerID?
    let state: String
    var exitStatus: Int32?
    var failure: String?
    let mode: WorkerMode
    let pin: String?
    let selector: String
    let profile: String
    let profileDigest: String
    let policyDigest: String
    let input: String
    let labels: [String: String]
    let granted: [String]
    let dropped: [DeniedGrant]
    let createdAt: Date
    let startedAt: Date?
    let endedAt: Date?
    let stoppedAt: Date?

    init(_ worker: WorkerView) {
        id = worker.id
        if worker.requestedID != worker.id { requestedID = worker.requestedID }
        state = worker.state.name
        if case .exited(let status) = worker.state { exitStatus = status }
        if case .failed(let reason) = worker.state { failure = reason.code }
        mode = worker.mode
        pin = worker.pin?.description
        selector = worker.selector.description
        profile = worker.profile
        profileDigest = "sha256:\(worker.profileDigest.hex)"
        policyDigest = "sha256:\(worker.policyDigest.hex)"
        input = worker.intent.input
        labels = worker.intent.labels
        granted = worker.grants.granted
        dropped = worker.grants.dropped
        createdAt = worker.createdAt
        startedAt = worker.startedAt
        endedAt = worker.endedAt
        stoppedAt = worker.stoppedAt
    }
}
