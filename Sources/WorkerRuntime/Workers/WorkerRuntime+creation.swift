public import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import Logging
internal import Synchronization

extension WorkerRuntime {
    /// Creates a worker from a request, and starts its engine.
    ///
    /// When this returns the record is on disk and the pin is held until the worker ends. The same
    /// request under the same id gives the same worker; another request under it is `conflict`. A
    /// worker whose profile names no engine, and one of a runtime without a launcher, is created and
    /// not started. A worker whose engine was never started is started by the same request, as the
    /// host policy then says; what was started once is never started again, whatever became of it.
    ///
    /// An id is of the workspace of the pin: workers of two workspaces may be asked for by one id,
    /// and the second gets another on this host, which the answer names.
    ///
    /// Two modes, never blurred: without a pin the profile is a builtin one, if the host policy
    /// allows it; with a pin everything comes from that commit. A missing bundle never falls back
    /// to a builtin profile.
    ///
    /// - Parameters:
    ///   - request: what is wished for.
    ///   - starting: whether the engine is started.
    /// - Throws: `bundle_required`, `bundle_missing`, `digest_mismatch`,
    ///   `invalid_profile_selector`, `host_policy_denied` with every denied grant,
    ///   `runtime_stale`, `conflict`, `limit_exceeded`, `host_policy_invalid`, `io_error`;
    ///   `engine_failed` when the engine is missing, not executable or ended at once: the worker is
    ///   then on record as failed.
    @discardableResult
    public nonisolated func createWorker(
        _ request: CreateWorkerRequest, starting: Bool = true
    ) async throws(SheafError) -> CreatedWorker {
        creators.add(1, ordering: .relaxed)
        defer { creators.subtract(1, ordering: .relaxed) }
        return try await createdWorker(request, starting)
    }

    private func createdWorker(
        _ request: CreateWorkerRequest, _ starting: Bool
    ) async throws(SheafError) -> CreatedWorker {
        try requireOwner()
        try request.requireWithinLimits()
        let digest = request.digest
        var place = try place(of: request)
        // Another request for it is on its way to the disk; or somebody stops or removes what is
        // not there: that ends before it comes to be.
        while arriving[place.id] != nil || starts[place.id] != nil && place.requestDigest == nil {
            await waitForChanges(of: place.id)
            place = try self.place(of: request)
        }
        if let existing = try existing(place, request, digest) {
            let worker = try await repeated(existing, request, digest, starting)
            return CreatedWorker(worker: worker, isNew: false)
        }
        do throws(SheafError) {
            let launch = try await create(request, place.id, digest, starting: starting)
            return CreatedWorker(worker: try await start(launch), isNew: true)
        } catch {
            logger.warning(
                "a worker was refused",
                metadata: ["worker": "\(request.id)", "code": "\(error.code.rawValue)"])
            throw error
        }
    }

    /// A worker that is on record, and what is to be started for it.
    struct CreatedRecord {
        let view: WorkerView
        let launch: WorkerLaunch?
    }

    /// From the look for a worker of this id to ``arriving`` there is no other call in between, and
    /// whoever asks for it after that waits for its row.
    private func create(
        _ request: CreateWorkerRequest, _ id: WorkerID, _ digest: SHA256Value, starting: Bool
    ) async throws(SheafError) -> CreatedRecord {
        let policy = try policy()
        let specification = try specification(request, policy, as: id)
        let launch = starting ? try launch(specification, policy) : nil
        var record = record(specification, request, digest, policy)
        if launch != nil { record.state = WorkerState.starting.name }
        step(.decided)
        let view = try WorkerView(
            record, intent: request.intent, grants: WorkerGrants(specification.decision))
        try await store(record, id, request)
        step(.recorded)
        logger.info(
            "a worker was created",
            metadata: [
                "worker": "\(view.id)", "mode": "\(view.mode.rawValue)",
                "profile": "\(view.profile)",
            ])
        return CreatedRecord(view: view, launch: launch)
    }

    /// What an engine is started from; nil when there is none, or nothing that could run it.
    private func launch(
        _ specification: ResolvedWorkerSpec, _ policy: HostPolicy
    ) throws(SheafError) -> WorkerLaunch? {
        guard launcher != nil, let command = specification.decision.engineCommand else {
            return nil
        }
        return WorkerLaunch(
            specification: specification, command: command,
            contents: try specification.pin.map { (pin) throws(SheafError) in
                try contents(of: pin)
            }, policyDigest: policy.digest)
    }

    /// The worker of an earlier request of the same kind. One that was never started is decided on
    /// anew, by the host policy as it is now, and started.
    private func repeated(
        _ known: WorkerView, _ request: CreateWorkerRequest, _ digest: SHA256Value,
        _ starting: Bool
    ) async throws(SheafError) -> WorkerView {
        if let start = starts[known.id] { return try await start.value.get() }
        let worker = try await settle(known.id)
        guard starting, try await isStartable(worker) else { return worker }
        // Another request may have begun to start it while this one looked.
        if let start = starts[known.id] { return try await start.value.get() }
        let policy = try policy()
        let specification = try specification(request, policy, as: known.id)
        guard let launch = try launch(specification, policy) else { return worker }
        var record = record(specification, request, digest, policy)
        record.state = WorkerState.starting.name
        record.createdAt = worker.createdAt
        let row = record
        let isFree = try holding(request.pin) { () throws(SheafError) in
            try database.write { database in
                switch try WorkerRecord.fetchOne(database, key: row.id)?.fullState {
                case .created?, .starting?, .failed?: try row.update(database)
                default: return false
                }
                return true
            }
        }
        guard isFree else { return try await settle(known.id) }
        return try await start(CreatedRecord(view: try WorkerView(row), launch: launch))
    }

    /// Holds a pin and does something with a row that keeps it; lets it go again when no row does.
    private func holding(
        _ pin: ConfigBundleRef?, _ write: () throws(SheafError) -> Bool
    ) throws(SheafError) -> Bool {
        let holder = try pin.map { (pin) throws(SheafError) in
            try mirror(pin.workspace, pin.bundle)
        }
        var isKept = false
        defer { if !isKept, let holder { try? reconcilePins(of: holder) } }
        if let pin { try holder?.hold(pin.commit) }
        isKept = try write()
        return isKept
    }

    /// Whether the engine of a worker was never started: then the same request starts it, also when
    /// an earlier start was refused before it came to that.
    private func isStartable(_ worker: WorkerView) async throws(SheafError) -> Bool {
        switch worker.state {
        case .created: launcher != nil
        case .failed(.refused): try await launcher?.condition(of: worker.id) == .notStarted
        default: false
        }
    }

    /// Holds the pin, then writes the row: a crash between the two leaves a pin too many, never
    /// one too few.
    private func store(
        _ record: WorkerRecord, _ id: WorkerID, _ request: CreateWorkerRequest
    ) async throws(SheafError) {
        let holder = try request.pin.map { (pin) throws(SheafError) in
            try mirror(pin.workspace, pin.bundle)
        }
        arriving[id] = ArrivingWorker(name: WorkerName(request), commit: request.pin?.commit)
        do throws(SheafError) {
            if let pin = request.pin { try holder?.hold(pin.commit) }
            step(.pinned)
            if creators.load(ordering: .relaxed) > 1 {
                try await inserts.insert(record)
            } else {
                // Nobody's row could come along, and the way to another thread and back is long.
                try database.write { try record.insert($0) }
            }
        } catch {
            endArrival(of: id)
            if let holder { try? reconcilePins(of: holder) }
            throw error
        }
        endArrival(of: id)
    }

    /// Waits until the row of a worker that is being created is on disk, or will not be.
    private func waitForArrival(of id: WorkerID) async {
        while arriving[id] != nil {
            await withCheckedContinuation { arriving[id]?.waiting.append($0) }
        }
    }

    /// Waits until a worker is neither being recorded nor started, stopped or removed. Nobody else
    /// comes in between before the caller next waits.
    func waitForChanges(of id: WorkerID) async {
        while arriving[id] != nil || starts[id] != nil {
            await waitForArrival(of: id)
            if let change = starts[id] { _ = await change.value }
        }
    }

    private func endArrival(of id: WorkerID) {
        let waiting = arriving.removeValue(forKey: id)?.waiting ?? []
        for waiting in waiting { waiting.resume() }
    }

    private func existing(
        _ place: WorkerPlace, _ request: CreateWorkerRequest, _ digest: SHA256Value
    ) throws(SheafError) -> WorkerView? {
        guard let known = place.requestDigest else { return nil }
        guard known == digest.hex else {
            throw SheafError(
                .conflict, "worker '\(request.id)' was created by another request",
                hint: "use another id for another request")
        }
        return try WorkerView(try row(of: place.id))
    }

    // MARK: The specification

    /// What a worker of a request would be started from under the host policy as it is now; nothing
    /// is kept.
    ///
    /// Throws what ``createWorker(_:starting:)`` throws before it keeps anything.
    package func decide(_ request: CreateWorkerRequest) throws(SheafError) -> ResolvedWorkerSpec {
        try specification(request, try policy())
    }

    func specification(
        _ request: CreateWorkerRequest, _ policy: HostPolicy, as id: WorkerID? = nil
    ) throws(SheafError) -> ResolvedWorkerSpec {
        let id = id ?? request.id
        guard let pin = request.pin else { return try builtinSpecification(request, policy, id) }
        let rule = try policy.rule(for: pin.workspace)
        try rule.requireServed(pin.bundle)
        if case .builtin(let name) = request.selector {
            throw SheafError(
                .invalidProfileSelector,
                "'builtin:\(name)' cannot be selected together with a bundle",
                hint: "leave the bundle out, or select a profile of it that extends the builtin one"
            )
        }
        let contents = try contents(of: pin)
        try requireFresh(contents.release, rule)
        let profile = try resolve(request.selector, contents)
        let name: ProfileID =
            switch profile.reference {
            case .named(let name), .builtin(let name): name
            }
        let subject = GrantSubject(workspace: pin.workspace, bundle: pin.bundle, profile: name)
        let decision = policy.decide(
            profile, for: subject, requiring: request.requiredCapabilities)
        try decision.requireAllowed("'\(subject)'")
        return ResolvedWorkerSpec(
            worker: id, requestedID: request.id, mode: .synced, pin: pin, profile: profile,
            decision: decision,
            intent: request.intent)
    }

    private func builtinSpecification(
        _ request: CreateWorkerRequest, _ policy: HostPolicy, _ id: WorkerID
    ) throws(SheafError) -> ResolvedWorkerSpec {
        guard case .builtin(let name) = request.selector else {
            throw .unpinned(request.selector)
        }
        guard policy.allowsBuiltin else {
            throw SheafError(
                .hostPolicyDenied, "the host policy does not allow builtin profiles",
                hint: "its owner can write 'builtin: allow' in the host policy")
        }
        // A request without a pin names no workspace, so one that demands bundles binds all.
        if let rule = policy.workspaces.values.filter(\.bundleRequired)
            .min(by: { $0.workspace < $1.workspace })
        {
            throw SheafError(
                .bundleRequired, "workspace '\(rule.workspace)' of this host requires a bundle",
                hint: "name a bundle")
        }
        let key = ResolutionKey(pin: nil, selector: request.selector)
        let profile = try remembered(key) { () throws(SheafError) in
            try ProfileResolver(documents: nil, builtins: BuiltinProfiles.all)
                .resolve(.builtin(name))
        }
        // A builtin profile asks for nothing, so there is nobody to grant to.
        let denied = policy.missing(capabilities: request.requiredCapabilities)
        let decision = PolicyDecision(granted: [], denied: denied, dropped: [], engineCommand: nil)
        try decision.requireAllowed("'builtin:\(name)'")
        return ResolvedWorkerSpec(
            worker: id, requestedID: request.id, mode: .builtin, pin: nil, profile: profile,
            decision: decision,
            intent: request.intent)
    }

    /// The profile of a pinned commit, remembered by commit and selector.
    func resolve(
        _ selector: ProfileSelector, _ contents: PinnedBundle
    ) throws(SheafError) -> ResolvedProfile {
        try remembered(ResolutionKey(pin: contents.pin, selector: selector)) {
            () throws(SheafError) in
            try ProfileResolver(documents: contents.documents, builtins: BuiltinProfiles.all)
                .resolve(selector)
        }
    }

    private func remembered(
        _ key: ResolutionKey, _ resolve: () throws(SheafError) -> ResolvedProfile
    ) throws(SheafError) -> ResolvedProfile {
        if let known = resolved[key] { return known }
        let profile = try resolve()
        if resolved.count >= 4096 { resolved.removeAll() }
        resolved[key] = profile
        return profile
    }

    func requireFresh(
        _ release: Release, _ rule: WorkspaceRule
    ) throws(SheafError) {
        guard let freshness = rule.freshness, freshness.whenStale == .refuseNewWorkers else {
            return
        }
        let key = [
            "workspace": release.pin.workspace.rawValue, "bundle": release.pin.bundle.rawValue,
            "channel": release.channel.rawValue,
        ]
        let record = try database.read { try ChannelRecord.fetchOne($0, key: key) }
        if let staleness = freshness.staleness(of: record?.contactedAt, at: now()) {
            throw SheafError(
                .runtimeStale,
                "'\(release.pin.bundle)@\(release.channel)' was last verified too long ago",
                details: [
                    "limitSeconds": String(freshness.limit.components.seconds),
                    "reason": staleness.rawValue,
                ],
                hint: "sheaf runtime sync \(release.pin.bundle)@\(release.channel)")
        }
    }

    private func record(
        _ specification: ResolvedWorkerSpec, _ request: CreateWorkerRequest,
        _ digest: SHA256Value, _ policy: HostPolicy
    ) -> WorkerRecord {
        WorkerRecord(
            id: specification.worker.rawValue, requestedID: request.id.rawValue,
            requestDigest: digest.hex,
            mode: specification.mode.rawValue, workspace: request.pin?.workspace.rawValue,
            bundle: request.pin?.bundle.rawValue, commitID: request.pin?.commit.hex,
            bundleDigest: request.pin?.digest.description,
            selector: request.selector.description,
            profile: specification.profile.reference.description,
            profileDigest: specification.profile.digest.hex, policyDigest: policy.digest.hex,
            state: WorkerState.created.name,
            intent: CanonicalJSON.text(request.intent.json),
            grants: CanonicalJSON.text(WorkerGrants(specification.decision).json),
            specification: CanonicalJSON.text(StoredWorkerSpec(specification).json),
            createdAt: RuntimeDatabase.stored(now()), stoppedAt: nil,
            excerpt: WorkerSummary.stored(excerptOf: request.intent.input))
    }
}
