internal import BundleModel
internal import RuntimeProtocol
internal import WorkerRuntime

extension WorkerDocument {
    /// - Parameters:
    ///   - worker: the worker.
    ///   - id: the id by which whoever asks knows it.
    init(_ worker: WorkerView, as id: WorkerID) {
        var exitStatus: Int32?
        var failure: String?
        switch worker.state {
        case .exited(let status): exitStatus = status
        case .failed(let reason): failure = reason.code
        case .created, .starting, .running, .stopped: break
        }
        self.init(
            workerId: id, state: worker.state.name, exitStatus: exitStatus,
            failure: failure, mode: worker.mode.rawValue, bundle: worker.pin.map(BundlePin.init),
            profile: worker.selector.description, resolvedProfile: worker.profile,
            profileDigest: "sha256:\(worker.profileDigest.hex)",
            policyDigest: "sha256:\(worker.policyDigest.hex)",
            intent: IntentDocument(input: worker.intent.input, labels: worker.intent.labels),
            granted: worker.grants.granted,
            dropped: worker.grants.dropped.map(DeniedGrantDocument.init),
            createdAt: Timestamp(worker.createdAt),
            startedAt: worker.startedAt.map(Timestamp.init),
            endedAt: worker.endedAt.map(Timestamp.init),
            stoppedAt: worker.stoppedAt.map(Timestamp.init))
    }
}

extension CreateWorkerRequest {
    /// What a request says; throws `invalid_profile_selector`, `invalid_request`.
    init(_ request: WorkerRequest) throws(SheafError) {
        var capabilities: [DeclarationReference] = []
        for text in request.requiredCapabilities ?? [] {
            capabilities.append(try DeclarationReference(capability: text))
        }
        self.init(
            id: request.workerId, selector: try ProfileSelector(request.profile ?? ""),
            pin: request.bundle?.reference,
            intent: WorkerIntent(
                input: request.intent.input, labels: request.intent.labels ?? [:]),
            requiredCapabilities: capabilities)
    }
}
