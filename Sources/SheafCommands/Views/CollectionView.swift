internal import BundleModel
internal import WorkerRuntime

/// What a collection did, as JSON.
struct CollectionView: Encodable {
    struct Kept: Encodable {
        let commit: CommitID
        let reason: String
        var channel: ChannelID?
        var workers: [WorkerID]?
        var reference: String?

        init(_ release: KeptRelease) {
            commit = release.commit
            switch release.reason {
            case .followed(let name): (reason, channel) = ("followed", name)
            case .workers(let names): (reason, workers) = ("workers", names)
            case .arriving(let name): (reason, channel) = ("arriving", name)
            case .inUse: reason = "in_use"
            case .reference(let name): (reason, reference) = ("reference", name)
            }
        }
    }

    struct Dropped: Encodable {
        let commit: CommitID
        let channel: ChannelID?
        let sequence: Int?
        let reason: String
        var code: String?

        init(_ release: DroppedRelease) {
            commit = release.commit
            channel = release.channel
            sequence = release.sequence
            switch release.reason {
            case .notFollowed: reason = "not_followed"
            case .forgotten: reason = "forgotten"
            case .refused(let refusal): (reason, code) = ("refused", refusal.rawValue)
            case .unused: reason = "unused"
            }
        }
    }

    struct Leftover: Encodable {
        let name: String
        let bytes: Int
    }

    struct Failure: Encodable {
        let code: String
        let message: String
    }

    struct Bundle: Encodable {
        let workspace: WorkspaceID
        let bundle: BundleID
        let kept: [Kept]
        let dropped: [Dropped]
        let leftovers: [Leftover]
        let keptObjects: Int
        let droppedObjects: Int
        let droppedBytes: Int
        let packsBefore: Int
        let packsAfter: Int
        let bytesBefore: Int
        let bytesAfter: Int
        let waitsForReaders: Bool
        let failure: Failure?

        init(_ bundle: BundleCollection) {
            workspace = bundle.workspace
            self.bundle = bundle.bundle
            kept = bundle.kept.map(Kept.init)
            dropped = bundle.dropped.map(Dropped.init)
            leftovers = bundle.leftovers.map { Leftover(name: $0.name, bytes: $0.bytes) }
            keptObjects = bundle.keptObjects
            droppedObjects = bundle.droppedObjects
            droppedBytes = bundle.droppedBytes
            packsBefore = bundle.packsBefore
            packsAfter = bundle.packsAfter
            bytesBefore = bundle.bytesBefore
            bytesAfter = bundle.bytesAfter
            waitsForReaders = bundle.waitsForReaders
            failure = bundle.failure.map {
                Failure(code: $0.code.rawValue, message: $0.message)
            }
        }
    }

    let dryRun: Bool
    let bytesBefore: Int
    let bytesAfter: Int
    let removedWorkers: [WorkerID]
    let bundles: [Bundle]

    init(_ report: CollectionReport) {
        dryRun = report.isDryRun
        bytesBefore = report.bytesBefore
        bytesAfter = report.bytesAfter
        removedWorkers = report.removedWorkers
        bundles = report.bundles.map(Bundle.init)
    }
}
