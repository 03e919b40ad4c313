internal import BundleModel
internal import Foundation
internal import WorkerRuntime

/// What a host knows of its channels, as JSON.
struct StatusView: Encodable {
    struct Known: Encodable {
        let commit: CommitID
        let sequence: Int?
        let digest: BundleDigest?

        init(_ release: KnownRelease) {
            commit = release.commit
            sequence = release.sequence
            digest = release.digest
        }
    }

    struct Condition: Encodable {
        let kind: String
        let reason: String
        let message: String
        let since: Date?
    }

    struct Forgotten: Encodable {
        let commit: CommitID?
        let sequence: Int
        let reason: String
        let at: Date

        init(_ forgotten: ForgottenChannel) {
            commit = forgotten.commit
            sequence = forgotten.sequence
            reason = forgotten.reason
            at = forgotten.at
        }
    }

    struct Channel: Encodable {
        let workspace: WorkspaceID
        let bundle: BundleID
        let channel: ChannelID
        let followed: String?
        let desired: Known?
        let attempted: Known?
        let accepted: ReleaseView?
        let acceptedAt: Date?
        let attemptedAt: Date?
        let contactedAt: Date?
        let conditions: [Condition]
        let forgotten: Forgotten?

        init(_ status: ChannelStatus) {
            workspace = status.workspace
            bundle = status.bundle
            channel = status.channel
            followed = status.followed?.rawValue
            desired = status.desired.map(Known.init)
            attempted = status.attempted.map(Known.init)
            accepted = status.accepted.map(ReleaseView.init)
            acceptedAt = status.acceptedAt
            attemptedAt = status.attemptedAt
            contactedAt = status.contactedAt
            conditions = status.conditions.map {
                Condition(
                    kind: $0.kind.rawValue, reason: $0.reason, message: $0.message,
                    since: $0.since)
            }
            forgotten = status.forgotten.map(Forgotten.init)
        }
    }

    let channels: [Channel]

    init(_ channels: [ChannelStatus]) {
        self.channels = channels.map(Channel.init)
    }
}
