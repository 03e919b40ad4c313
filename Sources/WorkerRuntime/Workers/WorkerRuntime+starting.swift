internal import BundleModel
internal import Foundation
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Starts the engine of a worker whose row says that it is being started; whoever asks for it
    /// meanwhile waits for the same start.
    func start(_ created: CreatedRecord) async throws(SheafError) -> WorkerView {
        guard let launch = created.launch, let launcher else { return created.view }
        let id = launch.worker
        let start = Task { () -> Result<WorkerView, SheafError> in
            do throws(SheafError) {
                return .success(try await self.run(launch, launcher))
            } catch {
                return .failure(error)
            }
        }
        starts[id] = start
        return try await start.value.get()
    }

    private func run(
        _ launch: WorkerLaunch, _ launcher: any WorkerLauncher
    ) async throws(SheafError) -> WorkerView {
        let id = launch.worker
        defer { starts[id] = nil }
        await recoverLauncher()
        step(.launching)
        let condition: WorkerCondition
        do throws(SheafError) {
            condition = try await launcher.start(
                try await withoutMissing(launch, launcher))
        } catch {
            let known = (try? await launcher.condition(of: id)) ?? .notStarted
            // What runs in spite of the error is no failure of the worker.
            if known == .running {
                watch(id)
                throw error
            }
            let end = Self.end(of: known, error.code, now())
            do throws(SheafError) {
                try await recordEndOfStart(of: id, end)
            } catch {
                warn("the failure of a worker could not be recorded", id, error)
            }
            throw error
        }
        step(.launched)
        switch condition {
        case .running:
            do throws(SheafError) {
                try recordRunning(id, since: await launcher.startOfEngine(of: id))
            } catch {
                // The launcher knows that it runs, and is asked when nothing else says so.
                warn("a worker runs, which could not be recorded", id, error)
            }
            step(.running)
            watch(id)
        case .ended(let end): try await recordEndOfStart(of: id, end)
        case .notStarted:
            let error = SheafError(
                .engineFailed, "the engine of worker '\(id)' was not started",
                hint: "ask for the worker again")
            try await recordEndOfStart(of: id, WorkerEnd(.failed(.refused(error.code)), at: now()))
            throw error
        }
        return try Self.view(try row(of: id), condition, now())
    }

    /// Writes how a worker ended that was being started. What cannot be written now is found out and
    /// written again in a while: nobody may ever ask for the worker.
    private func recordEndOfStart(
        of id: WorkerID, _ end: WorkerEnd
    ) async throws(SheafError) {
        do throws(SheafError) {
            try await recordEnd(of: id, end)
        } catch {
            if error.code == .ioError || error.code == .storeBusy {
                watch(id, after: Self.recordingPause)
            }
            throw error
        }
    }

    /// A launch without the optional grants that the host does not have; the worker's record says
    /// which, and why.
    private func withoutMissing(
        _ launch: WorkerLaunch, _ launcher: any WorkerLauncher
    ) async throws(SheafError) -> WorkerLaunch {
        let decision = launch.specification.decision
        guard decision.granted.contains(where: { !$0.declaration.required }) else { return launch }
        let outlook = await launcher.outlook(
            for: launch.specification.profile, decision, isReading: true)
        let missing = outlook.resources.filter { !$0.required && !$0.isAvailable }
        if missing.isEmpty { return launch }
        let specification = launch.specification.without(missing)
        try recordDropped(specification)
        logger.notice(
            "a worker goes without what the host does not have",
            metadata: [
                "worker": "\(launch.worker)",
                "grants": "\(missing.map(\.reference).joined(separator: ", "))",
            ])
        return WorkerLaunch(
            specification: specification, command: launch.command, contents: launch.contents,
            policyDigest: launch.policyDigest)
    }

    /// How a worker ended whose start failed: stopped when it was, otherwise with the error's code.
    private static func end(
        of known: WorkerCondition, _ code: SheafError.Code, _ moment: Date
    ) -> WorkerEnd {
        guard case .ended(let end) = known else {
            return WorkerEnd(.failed(.refused(code)), at: moment)
        }
        if end.outcome == .stopped { return end }
        return WorkerEnd(.failed(.refused(code)), startedAt: end.startedAt, at: moment)
    }

    /// Waits in the background for the end of a worker, so that its pin goes when nobody asks.
    ///
    /// - Parameter pause: how long to wait before that, when the end could not be recorded just now.
    func watch(_ id: WorkerID, after pause: Duration = .zero) {
        guard access == .owner, let launcher, watched.insert(id).inserted else { return }
        Task.detached { [weak self] in
            if pause > .zero { try? await Task.sleep(for: pause) }
            try? await launcher.waitForEnd(of: id)
            await self?.unwatch(id)
        }
    }

    private func unwatch(_ id: WorkerID) async {
        watched.remove(id)
        do throws(SheafError) {
            try await settle(id)
        } catch {
            warn("the end of a worker could not be recorded", id, error)
        }
    }

    func warn(_ message: Logger.Message, _ id: WorkerID, _ error: SheafError) {
        logger.warning(
            message, metadata: ["worker": "\(id)", "code": "\(error.code.rawValue)"])
    }

    // MARK: Records

    /// Writes what a worker has in the end of what the host policy grants it.
    private func recordDropped(_ specification: ResolvedWorkerSpec) throws(SheafError) {
        let key = specification.worker.rawValue
        let grants = CanonicalJSON.text(WorkerGrants(specification.decision).json)
        let stored = CanonicalJSON.text(StoredWorkerSpec(specification).json)
        try database.write { database in
            guard var record = try WorkerRecord.fetchOne(database, key: key) else { return }
            record.grants = grants
            record.specification = stored
            try record.update(database)
        }
    }

    /// Writes that an engine runs, since when its launcher says, or since now.
    func recordRunning(_ id: WorkerID, since start: Date?) throws(SheafError) {
        let key = id.rawValue
        let moment = start ?? now()
        let isChanged = try database.write { database in
            guard var record = try WorkerRecord.fetchOne(database, key: key),
                [.created, .starting].contains(record.fullState)
            else { return false }
            record.state = WorkerState.running.name
            record.startedAt = moment
            try record.update(database)
            return true
        }
        if isChanged { logger.info("a worker runs", metadata: ["worker": "\(id)"]) }
    }

    /// Writes how a worker ended, once, and lets its pin go when no other live worker uses it.
    func recordEnd(of id: WorkerID, _ end: WorkerEnd) async throws(SheafError) {
        let key = id.rawValue
        step(.ended)
        let ended = try database.write { database -> (record: WorkerRecord, isLast: Bool)? in
            guard var record = try WorkerRecord.fetchOne(database, key: key),
                record.fullState?.isLive == true
            else { return nil }
            record.end(end)
            try record.update(database)
            let isLast = try Self.liveWorkers(database, using: record.commitID) == 0
            return (record, isLast)
        }
        step(.endRecorded)
        guard let ended else { return }
        let view = try WorkerView(ended.record)
        if view.state == .stopped {
            logger.info("a worker was stopped", metadata: ["worker": "\(id)"])
        } else {
            logger.info(
                "a worker has ended", metadata: ["worker": "\(id)", "state": "\(view.state)"])
        }
        if let pin = view.pin, ended.isLast { letGo(pin) }
        step(.letGo)
        await clean(after: id)
    }

    /// Has the launcher clean up after a worker that has ended. Nobody removes it meanwhile and
    /// starts another of its name, whose files these would be.
    func clean(after id: WorkerID) async {
        guard let launcher else { return }
        cleanings[id, default: 0] += 1
        await launcher.clean(after: id)
        cleanings[id] = cleanings[id].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
}
