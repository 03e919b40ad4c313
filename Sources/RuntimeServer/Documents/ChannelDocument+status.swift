internal import BundleModel
internal import RuntimeProtocol
internal import WorkerRuntime

extension ChannelDocument {
    init(_ status: ChannelStatus) {
        self.init(
            workspace: status.workspace, bundle: status.bundle, channel: status.channel,
            followed: status.followed?.rawValue,
            desired: status.desired.map(KnownReleaseDocument.init),
            attempted: status.attempted.map(KnownReleaseDocument.init),
            accepted: status.accepted.map(ReleaseDocument.init),
            acceptedAt: status.acceptedAt.map(Timestamp.init),
            attemptedAt: status.attemptedAt.map(Timestamp.init),
            contactedAt: status.contactedAt.map(Timestamp.init),
            conditions: status.conditions.map(ConditionDocument.init),
            forgotten: status.forgotten.map(ForgottenDocument.init))
    }
}

extension ConditionDocument {
    fileprivate init(_ condition: ChannelCondition) {
        self.init(
            kind: condition.kind.rawValue, reason: condition.reason,
            message: HostDiscretion.message(condition.reason, condition.message),
            since: condition.since.map(Timestamp.init))
    }
}

extension ForgottenDocument {
    init(_ forgotten: ForgottenChannel) {
        self.init(
            commit: forgotten.commit, sequence: forgotten.sequence, reason: forgotten.reason,
            at: Timestamp(forgotten.at))
    }
}
