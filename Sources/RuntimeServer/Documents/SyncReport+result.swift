internal import BundleModel
internal import RuntimeProtocol
internal import WorkerRuntime

extension SyncReport {
    init(_ result: SyncResult) {
        self.init(
            outcome: SyncOutcome(result.outcome), release: ReleaseDocument(result.release),
            previous: result.previous.map(ReleaseDocument.init), objects: result.objects,
            bytes: result.bytes, profiles: result.profiles.map(DecisionDocument.init),
            isRecorded: result.isRecorded)
    }
}

extension SyncOutcome {
    fileprivate init(_ outcome: SyncResult.Outcome) {
        self =
            switch outcome {
            case .accepted: .accepted
            case .updated: .updated
            case .moved: .moved
            case .unchanged: .unchanged
            }
    }
}

extension DecisionDocument {
    init(_ preflight: ProfilePreflight) {
        self.init(
            profile: preflight.profile, allowed: preflight.isAllowed,
            denied: preflight.denied.map(DeniedGrantDocument.init),
            dropped: preflight.dropped.map(DeniedGrantDocument.init),
            failure: preflight.failure.map(FailureDocument.init))
    }
}

extension DeniedGrantDocument {
    init(_ denied: DeniedGrant) {
        self.init(
            subject: denied.subject, declaration: denied.declaration,
            reason: denied.reason.rawValue, message: denied.message)
    }
}

extension FailureDocument {
    init(_ error: SheafError) {
        self.init(code: error.code.rawValue, message: error.message)
    }
}
