public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB

extension WorkerRuntime {
    /// Every channel that this host follows, followed or was told to forget, by workspace, bundle
    /// and channel.
    ///
    /// - Parameters:
    ///   - bundle: the bundle; nil for every one.
    ///   - channel: the channel; nil for every one.
    ///   - workspace: the workspace; nil for every one.
    /// - Throws: `store_corrupt`, `io_error`. What is wrong with one channel is a condition of it.
    public func status(
        of bundle: BundleID? = nil, on channel: ChannelID? = nil, workspace: WorkspaceID? = nil
    ) throws(SheafError) -> [ChannelStatus] {
        let policy = Result { () throws(SheafError) in try policyAsWritten() }
        let rows = try database.read { database in
            (
                channels: try ChannelRecord.fetchAll(database),
                refusals: try RefusalRecord.all(in: database),
                forgotten: try ForgottenRecord.all(in: database)
            )
        }
        var names: Set<[String]> = []
        for row in rows.channels { names.insert([row.workspace, row.bundle, row.channel]) }
        for row in rows.forgotten { names.insert([row.workspace, row.bundle, row.channel]) }
        // What is damaged is known from the rows, and told for each channel.
        for (workspace, bundle) in try bundlesOfStore(bundle, workspace) {
            let channels = try? mirror(workspace, bundle).acceptedChannels()
            for channel in channels ?? [] {
                names.insert([workspace.rawValue, bundle.rawValue, channel.rawValue])
            }
        }
        var found: [ChannelStatus] = []
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let place = ChannelPlace(name), place.isWithin(bundle, channel, workspace) else {
                continue
            }
            found.append(
                status(
                    place, policy, rows.channels.first(where: { place.isOf($0) }),
                    rows.refusals.first(where: { place.isOf($0) }),
                    rows.forgotten.first(where: { place.isOf($0) })))
        }
        return found
    }

    private func status(
        _ place: ChannelPlace, _ policy: Result<HostPolicy, SheafError>,
        _ record: ChannelRecord?, _ refusal: RefusalRecord?, _ forgotten: ForgottenRecord?
    ) -> ChannelStatus {
        var conditions: [ChannelCondition] = []
        var accepted: Release?
        do throws(SheafError) {
            accepted = try mirror(place.workspace, place.bundle).accepted(place.channel)
        } catch {
            if error.code != .bundleMissing {
                conditions.append(.init(.damaged, error.code.rawValue, error.message))
            }
        }
        let isKnown = accepted != nil && record?.acceptedCommit == accepted?.commit.hex
        if accepted != nil || record != nil {
            conditions += served(place, policy, record)
        }
        conditions += Self.tried(record, refusal)
        if let accepted {
            conditions += findings(accepted)
            if isKnown { conditions += Self.preflight(record, accepted) }
        }
        let refused = refusal.flatMap(KnownRelease.init)
        let serving = accepted.map {
            KnownRelease(
                commit: $0.commit, sequence: $0.sequence,
                digest: $0.provenance.revision.digest)
        }
        let order = ChannelCondition.Kind.allCases
        return ChannelStatus(
            workspace: place.workspace, bundle: place.bundle, channel: place.channel,
            desired: Self.newer(refused, serving, refusal), attempted: refused ?? serving,
            accepted: accepted, acceptedAt: isKnown ? record?.acceptedAt : nil,
            attemptedAt: record?.attemptedAt, contactedAt: record?.contactedAt,
            conditions: conditions.sorted {
                order.firstIndex(of: $0.kind) ?? 0 < order.firstIndex(of: $1.kind) ?? 0
            },
            forgotten: forgotten.map(ForgottenChannel.init))
    }

    /// What is wanted is the newest that is known; a replayed release is none of that.
    private static func newer(
        _ refused: KnownRelease?, _ serving: KnownRelease?, _ refusal: RefusalRecord?
    ) -> KnownRelease? {
        guard let refused else { return serving }
        guard let serving else { return refused }
        if refusal?.code == SheafError.Code.releaseReplayed.rawValue { return serving }
        return refused
    }

    // MARK: Conditions

    private func served(
        _ place: ChannelPlace, _ policy: Result<HostPolicy, SheafError>, _ record: ChannelRecord?
    ) -> [ChannelCondition] {
        let rule: WorkspaceRule?
        switch policy {
        case .failure(let error):
            return [.init(.policyUnreadable, error.code.rawValue, error.message)]
        case .success(let policy): rule = policy.workspaces[place.workspace]
        }
        guard let rule, rule.serves(place.bundle) else {
            return [
                .init(
                    .notFollowed, SheafError.Code.hostPolicyDenied.rawValue,
                    "the host policy does not serve '\(place.workspace)/\(place.bundle)'")
            ]
        }
        guard let freshness = rule.freshness,
            let staleness = freshness.staleness(of: record?.contactedAt, at: now())
        else { return [] }
        let action = freshness.whenStale == .refuseNewWorkers ? "new workers are refused" : "kept"
        return [
            .init(
                .stale, staleness.rawValue, "\(staleness.text(freshness.limit)); \(action)",
                since: staleness == .limitPassed
                    ? record?.contactedAt?.addingTimeInterval(
                        TimeInterval(freshness.limit.components.seconds)) : nil)
        ]
    }

    private static func tried(
        _ record: ChannelRecord?, _ refusal: RefusalRecord?
    ) -> [ChannelCondition] {
        var conditions: [ChannelCondition] = []
        if let refusal {
            conditions.append(
                .init(.refused, refusal.code, refusal.message, since: refusal.refusedAt))
        }
        // The refusal is the last failure unless a later try did not come so far.
        if let record, let code = record.failureCode,
            refusal == nil || code != refusal?.code || record.failureMessage != refusal?.message
        {
            conditions.append(
                .init(.syncFailed, code, record.failureMessage ?? code, since: record.attemptedAt))
        }
        return conditions
    }

    private func findings(_ release: Release) -> [ChannelCondition] {
        do throws(SheafError) {
            let found = try laterFindings(release.pin)
            guard let error = SheafError(findings: found, in: "the release in service") else {
                return []
            }
            return [.init(.findings, error.code.rawValue, error.message)]
        } catch {
            return [.init(.damaged, error.code.rawValue, error.message)]
        }
    }

    private static func preflight(
        _ record: ChannelRecord?, _ release: Release
    ) -> [ChannelCondition] {
        guard let text = record?.preflight, let profiles = try? StoredPreflight.read(text) else {
            return []
        }
        let denied = profiles.filter { !$0.isAllowed }
        guard let first = denied.first else { return [] }
        let names = denied.map(\.profile.rawValue).joined(separator: ", ")
        return [
            .init(
                .preflightDenied, first.failure?.code.rawValue ?? "host_policy_denied",
                "at the last sync the host policy denied: \(names)")
        ]
    }

    /// What rules that are later than those it was accepted by find in a release; opening it is
    /// saved where today's rules have passed it.
    func laterFindings(_ pin: ConfigBundleRef) throws(SheafError) -> [Finding] {
        if try isVerifiedByTodaysRules(pin) { return [] }
        return try contents(of: pin).findings
    }
}

extension KnownRelease {
    init?(_ record: RefusalRecord) {
        guard let commit = CommitID(record.commitID) else { return nil }
        self.init(
            commit: commit, sequence: record.sequence,
            digest: record.digest.flatMap { BundleDigest($0) })
    }
}
