public import BundleModel
internal import BundleRepository
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// How long a worker is kept after it ended, unless somebody says otherwise: 30 days.
    public static let workerRetention = Duration.seconds(30 * 24 * 3600)

    /// How long a collection waits for a transfer into the same bundle.
    private static let patience = Duration.seconds(600)

    /// Collects the store: of each bundle one pack of what lives takes the place of all others.
    ///
    /// What lives is what is in service on channels that the host policy serves, and what live
    /// workers were created from, each with the releases before it. At whatever step the process
    /// ends, that is readable. Readers in other processes are not disturbed: see the article about
    /// collection. A damaged bundle is reported and left as it is.
    ///
    /// First the records of workers are brought in line, so that the pins of those that have ended
    /// go; then workers that ended longer ago than `retention` are removed with their directories.
    /// After that their ids are free: the same request makes a new worker.
    ///
    /// - Parameters:
    ///   - dryRun: whether only to say what would be done, which also works beside the process that
    ///     owns the store.
    ///   - retention: how long a worker is kept after it ended.
    /// - Throws: `host_policy_invalid`: nothing is collected under a policy that cannot be read;
    ///   `store_corrupt`, `io_error`, `cancelled`.
    @discardableResult
    public func collect(
        dryRun: Bool = false, keepingWorkers retention: Duration = workerRetention
    ) async throws(SheafError) -> CollectionReport {
        if !dryRun { try requireOwner() }
        _ = try policyAsWritten()
        if !dryRun { try await settleWorkers() }
        let workers = try await removeWorkers(endedFor: retention, dryRun)
        var bundles: [BundleCollection] = []
        for (workspace, bundle) in try bundlesOfStore() {
            if Task.isCancelled { throw SheafError(.cancelled, "the collection was cancelled") }
            var report = BundleCollection(workspace, bundle)
            do throws(SheafError) {
                try await collect(&report, dryRun)
            } catch {
                // A folder in which a bundle was only just begun.
                if error.code == .bundleMissing { continue }
                report.failure = error
            }
            bundles.append(report)
        }
        let report = CollectionReport(
            isDryRun: dryRun, bundles: bundles, removedWorkers: workers)
        if !dryRun {
            logger.info(
                "the store was collected",
                metadata: ["before": "\(report.bytesBefore)", "after": "\(report.bytesAfter)"])
        }
        return report
    }

    /// Keeps a mirror small after a transfer; what goes wrong is none of the transfer's.
    func keepSmall(_ mirror: ReleaseMirror) async {
        guard access == .owner, !Task.isCancelled else { return }
        let growth = growth
        do throws(SheafError) {
            // A sync whose answer is there waits for no other one: that does this as well.
            let upkeep = try await transfers(of: mirror).aloneIfFree { () throws(SheafError) in
                try mirror.keepSmall(within: growth)
            }
            guard let upkeep, upkeep != .none else { return }
            logger.debug("a bundle was kept small", metadata: ["upkeep": "\(upkeep)"])
        } catch {
            logger.warning(
                "a bundle could not be collected",
                metadata: ["bundle": "\(mirror.bundle)", "code": "\(error.code.rawValue)"])
        }
    }

    private func collect(
        _ report: inout BundleCollection, _ dryRun: Bool
    ) async throws(SheafError) {
        let (workspace, bundle) = (report.workspace, report.bundle)
        let path = layout.mirror(workspace, bundle)
        // An owner that opens the mirror removes them.
        let leftovers =
            mirrors[path] == nil ? try ReleaseMirror.unfinishedTransfers(at: path) : []
        let mirror = try mirror(workspace, bundle)
        let queue = transfers(of: mirror)
        try await queue.begin(before: ContinuousClock.now + Self.patience)
        defer { queue.end() }
        // What the host policy says when the wait is over; no sync comes between.
        let isServed =
            try policyAsWritten().workspaces[workspace]?.serves(bundle) ?? false
        let dropping = isServed ? [] : Set(try mirror.acceptedChannels())
        if !dryRun { for channel in dropping.sorted() { try mirror.drop(channel) } }
        let result = try await queue.run { () throws(SheafError) in
            try mirror.collect(isDry: dryRun, dropping: dryRun ? dropping : [])
        }
        let left = leftovers.reduce(0) { $0 + $1.bytes }
        report.leftovers = leftovers.map { .init(name: $0.name, bytes: $0.bytes) }
        report.kept = try kept(result.held, workspace, bundle)
        report.dropped = try dropped(result.lost, workspace, bundle, dropping)
        report.keptObjects = result.keptObjects
        report.droppedObjects = result.lostObjects
        report.droppedBytes = result.lostBytes
        report.packsBefore = result.packsBefore
        report.packsAfter = result.packsAfter
        report.bytesBefore = result.bytesBefore + left
        report.bytesAfter = result.bytesAfter + (access == .owner ? 0 : left)
        report.waitsForReaders = result.waitsForReaders
    }

    // MARK: Why

    private func kept(
        _ held: [HeldRelease], _ workspace: WorkspaceID, _ bundle: BundleID
    ) throws(SheafError) -> [KeptRelease] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, commitID FROM worker WHERE workspace = ? AND bundle = ?
                    AND state NOT IN ('exited', 'stopped', 'failed') ORDER BY id
                    """,
                arguments: [workspace.rawValue, bundle.rawValue]
            ).map { (id: $0["id"] as String, commit: $0["commitID"] as String?) }
        }
        return held.map { release in
            let reason: KeptRelease.Reason =
                switch release.holder {
                case .channel(let channel): .followed(channel)
                case .arriving(let channel): .arriving(channel)
                case .use: .inUse
                case .reference(let name): .reference(name)
                case .pin:
                    .workers(
                        rows.filter { $0.commit == release.commit.hex }
                            .compactMap { try? WorkerID($0.id) })
                }
            return KeptRelease(commit: release.commit, reason: reason)
        }
    }

    private func dropped(
        _ lost: [LostRelease], _ workspace: WorkspaceID, _ bundle: BundleID,
        _ dropping: Set<ChannelID>
    ) throws(SheafError) -> [DroppedRelease] {
        let (refusals, forgotten) = try database.read { database in
            (try RefusalRecord.all(in: database), try ForgottenRecord.all(in: database))
        }
        return lost.map { release in
            let refusal = refusals.first { $0.commitID == release.commit.hex }
            let isForgotten = forgotten.contains {
                $0.commitID == release.commit.hex && $0.workspace == workspace.rawValue
                    && $0.bundle == bundle.rawValue
            }
            let reason: DroppedRelease.Reason =
                if let refusal, let code = SheafError.Code(rawValue: refusal.code) {
                    .refused(code)
                } else if isForgotten {
                    .forgotten
                } else if let channel = release.channel, dropping.contains(channel) {
                    .notFollowed
                } else {
                    .unused
                }
            return DroppedRelease(
                commit: release.commit, channel: release.channel, sequence: release.sequence,
                reason: reason)
        }
    }
}
