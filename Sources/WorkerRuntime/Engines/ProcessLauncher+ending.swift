public import BundleModel
internal import BundleRepository
internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension ProcessLauncher {
    /// How long the supervisor has to write down the end of an engine that was killed.
    private static let recordTime = Duration.seconds(10)

    /// What the worker's directory says: whether a supervisor lives, and how the engine ended.
    public func condition(of worker: WorkerID) async throws(SheafError) -> WorkerCondition {
        try Self.condition(directory(worker))
    }

    private static func condition(
        _ place: WorkerDirectory
    ) throws(SheafError) -> WorkerCondition {
        if let end = try EngineEnd.read(place) { return .ended(end.end) }
        if try HostLock.isHeld(path: place.lock) { return .running }
        guard FileManager.default.fileExists(atPath: place.begun) else { return .notStarted }
        // It may have ended between the two looks.
        if let end = try EngineEnd.read(place) { return .ended(end.end) }
        return .ended(WorkerEnd(.failed(.lost), at: Date()))
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
        try HostRecordFile.replace(
            place.stop, StopOrder(graceMilliseconds: grace.wholeMilliseconds))
        let limit = ContinuousClock.now + grace + Self.recordTime
        // Between taking the lock and writing down its number a supervisor is a moment away.
        var supervisor = Self.processes(place).supervisor
        while supervisor == nil, ContinuousClock.now < limit, try Self.condition(place) == .running
        {
            await Self.pause()
            supervisor = Self.processes(place).supervisor
        }
        if let supervisor, supervisor.isAlive {
            kill(supervisor.number, SIGTERM)
            while ContinuousClock.now < limit, try Self.condition(place) == .running {
                await Self.pause()
            }
        }
        guard try Self.condition(place) == .running else {
            endOrphan(place)
            return
        }
        let processes = Self.processes(place)
        if let engine = processes.engine, engine.isAlive { kill(-engine.number, SIGKILL) }
        if let supervisor = processes.supervisor, supervisor.isAlive {
            kill(supervisor.number, SIGKILL)
        }
        var end = EngineEnd(endedAt: Date().timeIntervalSince1970)
        end.wasStopped = true
        try HostRecordFile.create(place.end, end)
    }

    /// Sees to it that no supervisor begins any more; false when one has.
    private func forbid(_ place: WorkerDirectory) throws(SheafError) -> Bool {
        guard FileManager.default.fileExists(atPath: place.run) else { return true }
        guard try HostRecordFile.create(place.begun, EngineProcesses()) else { return false }
        var end = EngineEnd(endedAt: Date().timeIntervalSince1970)
        end.wasStopped = true
        try HostRecordFile.create(place.end, end)
        return true
    }

    /// Ends an engine whose supervisor was killed: nobody would write down how it ends, and its pin
    /// is let go.
    func endOrphan(_ place: WorkerDirectory) {
        guard let engine = EngineProcesses.read(place).engine, engine.isAlive else { return }
        kill(-engine.number, SIGKILL)
    }

    /// Also when the task is cancelled: an engine that was asked to end is seen to its end.
    private static func pause() async {
        await Task.detached { try? await Task.sleep(for: .milliseconds(10)) }.value
    }

    /// The processes as far as they are written down: the engine comes after the supervisor.
    private static func processes(_ place: WorkerDirectory) -> EngineProcesses {
        var known = EngineProcesses.read(place)
        if known.supervisor == nil, let file = try? HostRecordFile.read(place.begun),
            let begun = try? HostJSON.decode(
                String(decoding: file, as: UTF8.self), as: EngineProcesses.self)
        {
            known.supervisor = begun.supervisor
        }
        return known
    }
}
