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
        let look = try statusLook(bundle, workspace)
        return look.places.filter { $0.isWithin(bundle, channel, workspace) }
            .map { status($0, look) }
    }

    /// A part of what ``status(of:on:workspace:)`` gives; only of that the repositories are read.
    ///
    /// - Parameters:
    ///   - workspace: the workspace; nil for every one.
    ///   - isShown: which bundles.
    ///   - names: only channels behind this one; workspace, bundle and channel.
    ///   - limit: at most so many.
    /// - Returns: the channels, and whether there are more.
    package func status(
        workspace: WorkspaceID?, of isShown: (WorkspaceID, BundleID) -> Bool,
        after names: [String]?, limit: Int
    ) throws(SheafError) -> (channels: [ChannelStatus], hasMore: Bool) {
        let look = try statusLook(nil, workspace)
        let places = look.places.filter { place in
            guard place.isWithin(nil, nil, workspace), isShown(place.workspace, place.bundle) else {
                return false
            }
            return names?.lexicographicallyPrecedes(place.names) ?? true
        }
        return (places.prefix(limit).map { status($0, look) }, places.count > limit)
    }

    /// The channels that have contents with a digest in service, as ``status(of:on:workspace:)`` gives
    /// them.
    package func status(
        serving digest: BundleDigest, workspace: WorkspaceID?,
        of isShown: (WorkspaceID, BundleID) -> Bool
    ) throws(SheafError) -> [ChannelStatus] {
        let look = try statusLook(nil, workspace)
        return look.places.filter { place in
            guard place.isWithin(nil, nil, workspace), isShown(place.workspace, place.bundle),
                let mirror = try? mirror(place.workspace, place.bundle),
                let release = try? mirror.accepted(place.channel)
            else { return false }
            return release.pin.digest == digest
        }.map { status($0, look) }
    }

    /// What the store says of all channels, before any repository is read for one of them.
    private struct StatusLook {
        let policy: Result<HostPolicy, SheafError>
        let places: [ChannelPlace]
        let channels: [ChannelPlace: ChannelRecord]
        let refusals: [ChannelPlace: RefusalRecord]
        let forgotten: [ChannelPlace: ForgottenRecord]
        let followed: [ChannelPlace: FollowedRecord]
    }

    private func statusLook(
        _ bundle: BundleID?, _ workspace: WorkspaceID?
    ) throws(SheafError) -> StatusLook {
        let policy = Result { () throws(SheafError) in try policyAsWritten() }
        let rows = try database.read { database in
            (
                channels: try ChannelRecord.fetchAll(database),
                refusals: try RefusalRecord.all(in: database),
                forgotten: try ForgottenRecord.all(in: database),
                followed: try FollowedRecord.all(in: database)
            )
        }
        let channels = Self.byPlace(rows.channels) { [$0.workspace, $0.bundle, $0.channel] }
        let forgotten = Self.byPlace(rows.forgotten) { [$0.workspace, $0.bundle, $0.channel] }
        let followed = Self.byPlace(rows.followed) { [$0.workspace, $0.bundle, $0.channel] }
        denials = denials.filter { channels[$0.key] != nil }
        var places = Set(channels.keys).union(forgotten.keys).union(followed.keys)
        // What is damaged is known from the rows, and told for each channel.
        for (workspace, bundle) in try bundlesOfStore(bundle, workspace) {
            let accepted = try? mirror(workspace, bundle).acceptedChannels()
            for channel in accepted ?? [] {
                places.insert(ChannelPlace(workspace, bundle, channel))
            }
        }
        return StatusLook(
            policy: policy,
            places: places.sorted { $0.names.lexicographicallyPrecedes($1.names) },
            channels: channels,
            refusals: Self.byPlace(rows.refusals) { [$0.workspace, $0.bundle, $0.channel] },
            forgotten: forgotten, followed: followed)
    }

    /// Rows by the channel that they are of; the first of each counts, and none whose names are none.
    private static func byPlace<Record>(
        _ rows: [Record], _ names: (Record) -> [String]
    ) -> [ChannelPlace: Record] {
        Dictionary(
            rows.compactMap { row in ChannelPlace(names(row)).map { ($0, row) } },
            uniquingKeysWith: { first, _ in first })
    }

    private func status(_ place: ChannelPlace, _ look: StatusLook) -> ChannelStatus {
        let (record, refusal) = (look.channels[place], look.refusals[place])
        let (forgotten, followed) = (look.forgotten[place], look.followed[place])
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
        if accepted != nil || record != nil || followed != nil {
            conditions += served(place, look.policy, record)
        }
        conditions += Self.tried(record, refusal)
        if let accepted {
            conditions += findings(accepted)
            if isKnown { conditions += preflight(record, place) }
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
            followed: followed?.origin, desired: Self.newer(refused, serving, refusal),
            attempted: refused ?? serving,
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

    /// What the row says, read once for as long as it says the same.
    private func preflight(_ record: ChannelRecord?, _ place: ChannelPlace) -> [ChannelCondition] {
        guard let text = record?.preflight else { return [] }
        let digest = SHA256Value(hashing: Array(text.utf8))
        if let known = denials[place], known.text == digest { return known.conditions }
        let conditions = Self.preflight(text)
        if denials.count >= 1024 { denials.removeAll() }
        denials[place] = (digest, conditions)
        return conditions
    }

    /// The most profiles that a condition names; a bundle may have any number.
    private static let profilesNamed = 20

    private static func preflight(_ text: String) -> [ChannelCondition] {
        guard let profiles = try? StoredPreflight.read(text) else { return [] }
        let denied = profiles.filter { !$0.isAllowed }
        guard let first = denied.first else { return [] }
        let more = denied.count - profilesNamed
        let names =
            denied.prefix(profilesNamed).map(\.profile.rawValue).joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
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
