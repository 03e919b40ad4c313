public import BundleModel
internal import BundleRepository
public import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension ProcessLauncher {
    /// What the worker's directory says: whether a supervisor lives, and how the engine ended.
    public func condition(of worker: WorkerID) async throws(SheafError) -> WorkerCondition {
        try Self.condition(directory(worker))
    }

    /// When the supervisor started the engine; nil when it has not written that down.
    public func startOfEngine(of worker: WorkerID) async -> Date? {
        EngineProcesses.read(directory(worker)).startedAt.map(Date.init(timeIntervalSince1970:))
    }

    static func condition(_ place: WorkerDirectory) throws(SheafError) -> WorkerCondition {
        if let end = try EngineEnd.read(place) { return condition(end) }
        if try HostLock.isHeld(path: place.lock) { return .running }
        guard FileManager.default.fileExists(atPath: place.begun) else { return .notStarted }
        // It may have ended between the two looks.
        if let end = try EngineEnd.read(place) { return condition(end) }
        return .ended(WorkerEnd(.failed(.lost), at: Date()))
    }

    private static func condition(_ end: EngineEnd) -> WorkerCondition {
        end.isBeforeRunning ? .notStarted : .ended(end.end)
    }

    /// Whether nothing runs in a directory and nothing that was begun will: what a start that is
    /// still to begin has there is its own.
    static func isOver(_ place: WorkerDirectory) -> Bool {
        let files = FileManager.default
        guard let condition = try? condition(place), condition != .running else { return false }
        return [place.end, place.begun].contains { files.fileExists(atPath: $0) }
            || !files.fileExists(atPath: place.token)
    }

    /// Looks at a worker until its engine does not run any more: often at first, four times a second
    /// later.
    public func waitForEnd(of worker: WorkerID) async throws(SheafError) {
        var pause = Duration.milliseconds(5)
        while try await condition(of: worker) == .running {
            do {
                try await Task.sleep(for: pause)
            } catch {
                return
            }
            pause = min(pause * 2, .milliseconds(250))
        }
    }

    /// Asks the engine's process group to end with `SIGTERM`, and ends it with `SIGKILL` after the
    /// grace time.
    ///
    /// The supervisor does this, as the parent of the engine; when it does not answer, or was lost,
    /// this process ends what is left.
    public func stop(_ worker: WorkerID, grace: Duration) async throws(SheafError) {
        let place = directory(worker)
        if try Self.condition(place) == .notStarted, try forbid(place) { return }
        guard try Self.condition(place) == .running else {
            endOrphan(place)
            return
        }
        // Without it, because the disk is full, the engine has the time of grace that is usual here.
        try? HostRecordFile.replace(
            place.stop, StopOrder(graceMilliseconds: grace.wholeMilliseconds))
        let limit = ContinuousClock.now + grace + limits.recording
        // Between taking the lock and writing down its number a supervisor is a moment away.
        var supervisor = EngineProcesses.read(place).supervisor
        while supervisor == nil, ContinuousClock.now < limit, try Self.condition(place) == .running
        {
            await Self.pause()
            supervisor = EngineProcesses.read(place).supervisor
        }
        if let supervisor, supervisor.isAlive {
            kill(supervisor.number, SIGTERM)
            try await Self.wait(for: place, until: limit)
        }
        if try Self.condition(place) == .running {
            try await endByForce(place, worker)
        } else {
            endOrphan(place)
        }
    }

    /// Ends an engine whose supervisor does not answer, and that supervisor.
    ///
    /// Only what is known to have ended is written down as stopped: when the engine cannot be found
    /// the worker is lost. Throws `io_error` when something holds the worker that cannot be found.
    private func endByForce(
        _ place: WorkerDirectory, _ worker: WorkerID
    ) async throws(SheafError) {
        let known = EngineProcesses.read(place)
        let wasAlive = known.engine?.isAlive ?? false
        if known.engine != nil, !wasAlive, let supervisor = known.supervisor, supervisor.isAlive {
            try await waitForRecord(place, worker, of: supervisor)
        }
        if let engine = known.engine, wasAlive { kill(-engine.number, SIGKILL) }
        if let supervisor = known.supervisor, supervisor.isAlive {
            kill(supervisor.number, SIGKILL)
        }
        try await Self.wait(for: place, until: ContinuousClock.now + limits.recording)
        guard try Self.condition(place) != .running else {
            throw SheafError(
                .ioError, "worker '\(worker)' could not be stopped: what runs it was not found",
                hint: "see which process has the worker's lock open, and end it")
        }
        // It may have come to start an engine until it was killed.
        let isEnded = endOrphan(place)
        guard isEnded || wasAlive else { return }
        try HostRecordFile.create(
            place.end, EngineEnd.stopped(startedAt: EngineProcesses.read(place).startedAt))
    }

    /// Waits a last time for the record of a supervisor whose engine has ended. Throws `io_error`
    /// when the disk is full: the record is worth waiting for then, and nothing else is in the way.
    private func waitForRecord(
        _ place: WorkerDirectory, _ worker: WorkerID, of supervisor: HostProcess
    ) async throws(SheafError) {
        do throws(SheafError) {
            defer { try? FileManager.default.removeItem(atPath: place.probe) }
            try HostRecordFile.create(place.probe, StopOrder(graceMilliseconds: 0))
        } catch {
            // The supervisor, a process of the same user, can write no more than this one.
            guard error.isLackOfSpace else { return }
            throw SheafError(
                .ioError,
                "the engine of worker '\(worker)' has ended, which cannot be written down",
                hint: "make room on the disk: what supervises it tries again")
        }
        // There may have been no room until now: an order to stop has it try again at once.
        kill(supervisor.number, SIGTERM)
        try await Self.wait(for: place, until: ContinuousClock.now + limits.recording)
    }

    private static func wait(
        for place: WorkerDirectory, until limit: ContinuousClock.Instant
    ) async throws(SheafError) {
        while ContinuousClock.now < limit, try condition(place) == .running { await pause() }
    }

    /// Sees to it that no supervisor begins any more, whatever process it is of; false when one has.
    ///
    /// The sign is there before this returns, also for a worker that never had a directory.
    private func forbid(_ place: WorkerDirectory) throws(SheafError) -> Bool {
        try PreparedWorker.makeDirectories([workers, place.root, place.run])
        let lock = try HostLock.take(path: place.lock, within: .seconds(1)) {
            Self.isBegun(place)
        }
        guard let lock else { return false }
        defer { withExtendedLifetime(lock) {} }
        if let end = try EngineEnd.read(place) {
            guard end.isBeforeRunning else { return false }
            try HostRecordFile.replace(place.end, EngineEnd.stopped())
            return true
        }
        if FileManager.default.fileExists(atPath: place.begun) { return false }
        // One file says it all, so that a host that is killed here leaves a worker that may still be
        // started, or one that was stopped, and nothing between: a supervisor that waits for the
        // lock begins only what has its own token, and nobody puts one where there is an end.
        try Self.removeToken(place)
        try HostRecordFile.create(place.end, EngineEnd.stopped())
        return true
    }

    private static func removeToken(_ place: WorkerDirectory) throws(SheafError) {
        try? FileManager.default.removeItem(atPath: place.token)
        guard FileManager.default.fileExists(atPath: place.token) else { return }
        throw SheafError(.ioError, "the directory of a worker cannot be written to")
    }

    /// Whether a supervisor has begun and written no end yet.
    private static func isBegun(_ place: WorkerDirectory) -> Bool {
        let files = FileManager.default
        return files.fileExists(atPath: place.begun) && !files.fileExists(atPath: place.end)
    }

    /// Keeps a start that failed from beginning later; false when its supervisor has begun. What
    /// never began can be started anew.
    func withdraw(_ place: WorkerDirectory) throws(SheafError) -> Bool {
        guard FileManager.default.fileExists(atPath: place.run) else { return true }
        let lock = try HostLock.take(path: place.lock, within: .seconds(1)) {
            Self.isBegun(place)
        }
        guard let lock else { return false }
        defer { withExtendedLifetime(lock) {} }
        guard !FileManager.default.fileExists(atPath: place.begun) else {
            return try Self.condition(place) == .notStarted
        }
        // A supervisor begins only what has its own token.
        try? FileManager.default.removeItem(atPath: place.token)
        return !FileManager.default.fileExists(atPath: place.token)
    }

    /// Ends an engine whose supervisor was killed: nobody would write down how it ends, and its pin
    /// is let go. Says whether there was one.
    @discardableResult
    func endOrphan(_ place: WorkerDirectory) -> Bool {
        let known = EngineProcesses.read(place)
        var engine = known.engine
        if engine == nil, let supervisor = known.supervisor, !supervisor.isAlive {
            engine = EngineSearch.find(place)
        }
        guard let engine, engine.isAlive else { return false }
        kill(-engine.number, SIGKILL)
        return true
    }

    /// Also when the task is cancelled: an engine that was asked to end is seen to its end.
    private static func pause() async {
        await Task.detached { try? await Task.sleep(for: .milliseconds(10)) }.value
    }
}
