internal import BundleModel
internal import BundleRepository
internal import GRDB
internal import Logging

extension ChannelRecord {
    /// What is remembered of the channel's releases beside the mirror.
    var memory: ChannelMemory {
        ChannelMemory(
            highestSequence: highestSequence, commit: acceptedCommit.flatMap { CommitID($0) })
    }

    init(_ workspace: WorkspaceID, _ bundle: BundleID, _ channel: ChannelID) {
        self.init(
            workspace: workspace.rawValue, bundle: bundle.rawValue, channel: channel.rawValue,
            highestSequence: 0)
    }
}

extension SheafError.Code {
    /// Whether this says something about a release, and not about this host or the way to it.
    fileprivate var isJudgement: Bool {
        switch self {
        case .ioError, .storeBusy, .storeCorrupt, .cancelled, .deadlineExceeded, .conflict,
            .remoteUnavailable, .remoteUnauthorized, .hostPolicyInvalid, .bundleMissing:
            false
        default: true
        }
    }
}

extension WorkerRuntime {
    func channelRecord(
        _ workspace: WorkspaceID, _ bundle: BundleID, _ channel: ChannelID
    ) throws(SheafError) -> ChannelRecord? {
        let key = [
            "workspace": workspace.rawValue, "bundle": bundle.rawValue,
            "channel": channel.rawValue,
        ]
        return try database.read { try ChannelRecord.fetchOne($0, key: key) }
    }

    /// Records that a release is in service and was verified now. It is in service by the mirror's
    /// reference, which is on disk; a row that a loss of power takes back is repaired from it.
    func recordSuccess(
        _ release: Release, _ previous: Release?, _ known: ChannelRecord?,
        _ profiles: [ProfilePreflight], _ attempt: SyncAttempt
    ) throws(SheafError) {
        let pin = release.pin
        let moment = now()
        var record = known ?? ChannelRecord(pin.workspace, pin.bundle, release.channel)
        record.highestSequence = max(record.highestSequence, release.sequence)
        if previous?.commit != release.commit || record.acceptedAt == nil {
            record.acceptedAt = moment
        }
        record.acceptedCommit = release.commit.hex
        record.acceptedDigest = pin.digest.description
        record.acceptedRevision = release.provenance.revision.revision
        record.attemptedAt = attempt.startedAt
        // A file that brings nothing new says nothing about what the repository has by now.
        if attempt.isContact || previous?.commit != release.commit {
            record.contactedAt = moment
        }
        record.offeredCommit = release.commit.hex
        record.failureCode = nil
        record.failureMessage = nil
        record.preflight = try StoredPreflight.text(of: profiles)
        let row = record
        try database.writeRepairable { database in
            try row.upsert(database)
            try RefusalRecord.of(row.workspace, row.bundle, row.channel, in: database)?
                .delete(database)
        }
    }

    /// Makes the rows of a mirror's channels say what is in service: a process that was killed, or
    /// whose disk was full, between the two writes has left an older one or none.
    ///
    /// A channel that cannot be read is left as it is; whoever asks for it is told.
    func repairRecords(of mirror: ReleaseMirror) throws(SheafError) {
        for channel in try mirror.acceptedChannels() {
            let known = try channelRecord(mirror.workspace, mirror.bundle, channel)
            guard let release = try? mirror.accepted(channel),
                known?.acceptedCommit != release.commit.hex
            else { continue }
            var record = known ?? ChannelRecord(mirror.workspace, mirror.bundle, channel)
            record.highestSequence = max(record.highestSequence, release.sequence)
            record.acceptedCommit = release.commit.hex
            record.acceptedDigest = release.pin.digest.description
            record.acceptedRevision = release.provenance.revision.revision
            record.acceptedAt = nil
            record.preflight = nil
            record.failureCode = nil
            record.failureMessage = nil
            let row = record
            try database.write { try row.upsert($0) }
            // That it was verified may be lost with the row; what is wrong is for whoever asks.
            if try !isVerified(release.pin),
                (try? mirror.open(release.pin, wasVerified: false)) != nil
            {
                try recordVerified(release.pin)
            }
        }
    }

    /// Records why a channel is not up to date.
    ///
    /// A request alone leaves nothing behind: a channel that was never accepted here has a row of its
    /// own only when it is followed, or its repository has offered a release on it; see
    /// ``ChannelRecord/new(for:in:)``.
    func record(_ error: SheafError, of attempt: SyncAttempt) {
        logger.warning(
            "a sync was refused; what is in service stays there",
            metadata: [
                "code": "\(error.code.rawValue)",
                "channel": "\(attempt.bundle)@\(attempt.channel)",
            ])
        try? database.write { database in
            var records = try ChannelRecord.filter(
                literal:
                    "bundle = \(attempt.bundle.rawValue) AND channel = \(attempt.channel.rawValue)"
            ).fetchAll(database)
            if let workspace = attempt.workspace {
                records.removeAll { $0.workspace != workspace.rawValue }
                if records.isEmpty, let new = try ChannelRecord.new(for: attempt, in: database) {
                    records = [new]
                }
            }
            // Without a workspace several may be meant, and then none is.
            guard records.count == 1, var record = records.first else { return }
            record.attemptedAt = attempt.startedAt
            record.offeredCommit = attempt.offered?.hex ?? record.offeredCommit
            record.failureCode = error.code.rawValue
            record.failureMessage = error.message
            try record.upsert(database)
            // What ends by itself is no judgement on the release.
            guard let offered = attempt.offered, error.code.isJudgement else { return }
            try RefusalRecord(
                workspace: record.workspace, bundle: record.bundle, channel: record.channel,
                commitID: offered.hex, sequence: attempt.sequence,
                digest: attempt.digest?.description, code: error.code.rawValue,
                message: error.message, refusedAt: attempt.startedAt
            ).upsert(database)
        }
    }
}
