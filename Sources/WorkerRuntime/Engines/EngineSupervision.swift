internal import BundleModel
internal import BundleRepository
internal import Dispatch
internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif
#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// One run of one engine, from its start to the record of its end.
actor EngineSupervision {
    /// How long what is left in the pipes is waited for when the engine has ended.
    private static let drainTime = Duration.seconds(2)
    /// How long at most between two attempts to write the record of the end when the disk is full.
    private static let longestPause = Duration.seconds(5)
    /// How long the record of the end is tried to be written when something else is in the way.
    private static let refusedTime = Duration.seconds(120)

    private let order: SupervisorOrder
    private let place: WorkerDirectory
    private var processes = EngineProcesses()
    private var engine: pid_t?
    private var startedAt: Double?
    private var hasReplied = false
    private var hasEnded = false
    private var wasStopped = false
    private var pause: Task<Void, Never>?
    private var signals: [any DispatchSourceSignal] = []

    init(_ order: SupervisorOrder, _ place: WorkerDirectory) {
        self.order = order
        self.place = place
    }

    /// Takes `SIGTERM` and `SIGINT` from now on as orders to stop; before an engine runs they keep it
    /// from being started.
    func listen() async { await listen(to: [SIGTERM, SIGINT]) }

    /// Runs the engine; returns the exit status of the supervisor.
    func run(_ supervisor: EngineProcesses) async -> Int32 {
        processes = supervisor
        var end = EngineEnd(endedAt: 0)
        if !wasStopped { await run(&end) }
        end.wasStopped = wasStopped
        end.startedAt = startedAt
        end.endedAt = Date().timeIntervalSince1970
        let isWritten = await write(end)
        say(.ended)
        return isWritten ? 0 : 3
    }

    private func run(_ end: inout EngineEnd) async {
        do {
            let outputs = try OutputStreamName.allCases.map {
                try OutputDrain(to: place.log($0), bytes: order.logBytes)
            }
            let status = try await start(outputs[0], outputs[1])
            hasEnded = true
            end.status = status
            // Whoever of the group is left has nobody to answer to.
            if let engine { kill(-engine, SIGKILL) }
            for output in outputs { await output.finish(within: Self.drainTime) }
            if status != 0, !hasReplied, !wasStopped { end.fault = .endedAtOnce }
        } catch {
            guard let engine else {
                end.fault = (error as? SubprocessError).map(Self.fault) ?? .notStarted
                return
            }
            // It ran, and how it ended is not known: it is lost, and never started again.
            hasEnded = true
            kill(-engine, SIGKILL)
        }
    }

    private func start(
        _ output: OutputDrain, _ error: OutputDrain
    ) async throws -> Int32 {
        var options = PlatformOptions()
        // A session of its own: a process group too, and no terminal.
        options.createSession = true
        let variables = order.environment.compactMap { name, value in
            Environment.Key(rawValue: name).map { ($0, value) }
        }
        let input = try FileDescriptor.open(FilePath(place.input), .readOnly)
        let result = try await Subprocess.run(
            .path(FilePath(order.command[0])),
            arguments: Arguments(Array(order.command.dropFirst())),
            environment: .custom(Dictionary(variables, uniquingKeysWith: { $1 })),
            workingDirectory: FilePath(place.work), platformOptions: options,
            input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .fileDescriptor(output.end, closeAfterSpawningProcess: true),
            error: .fileDescriptor(error.end, closeAfterSpawningProcess: true)
        ) { execution in
            self.began(execution.processIdentifier.value)
        }
        return switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }

    private func began(_ engine: pid_t) {
        self.engine = engine
        startedAt = Date().timeIntervalSince1970
        processes.engine = HostProcess(number: engine)
        processes.startedAt = startedAt
        // Without this record an engine still runs and ends as it should; when this process is killed
        // before, the engine is looked for among all processes: see ``EngineSearch``.
        _ = try? HostRecordFile.create(place.processes, processes)
        if wasStopped { Task { await end(engine) } }
        Task {
            try? await Task.sleep(for: .milliseconds(order.settlingMilliseconds))
            if !hasEnded { say(.running) }
        }
    }

    /// Says once to the host how things stand.
    private func say(_ reply: SupervisorReply) {
        if hasReplied { return }
        hasReplied = true
        WorkerSupervisor.reply(reply)
    }

    // MARK: Being told to stop

    /// Returns when each signal is listened to: until then it would be lost.
    private func listen(to numbers: [Int32]) async {
        for number in numbers {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // Dispatch calls this outside of the actor.
            source.setEventHandler { @Sendable in Task { await self.stop() } }
            signals.append(source)
            await withCheckedContinuation { listening in
                source.setRegistrationHandler { @Sendable in listening.resume() }
                source.resume()
            }
        }
    }

    private func stop() async {
        // Whoever asks again may know that there is room on the disk.
        pause?.cancel()
        // What ended by itself was not stopped, and its number may be another process's by now.
        if wasStopped || hasEnded { return }
        wasStopped = true
        if let engine { await end(engine) }
    }

    /// Asks the engine and all that it started to end, and ends them by force after the grace time.
    private func end(_ engine: pid_t) async {
        kill(-engine, SIGTERM)
        let grace = Self.grace(place) ?? .milliseconds(order.graceMilliseconds)
        try? await Task.sleep(for: grace)
        if !hasEnded { kill(-engine, SIGKILL) }
    }

    private static func grace(_ place: WorkerDirectory) -> Duration? {
        guard let file = try? HostRecordFile.read(place.stop),
            let order = try? HostJSON.decode(
                String(decoding: file, as: UTF8.self), as: StopOrder.self)
        else { return nil }
        return .milliseconds(order.graceMilliseconds)
    }

    // MARK: The end

    /// Writes how the engine ended; false when that is not to be had.
    ///
    /// Nobody else knows how it ended: without this process the worker would be lost. So it waits
    /// for room on a full disk however long that takes. A directory that refuses is not waited for
    /// without end.
    private func write(_ end: EngineEnd) async -> Bool {
        var time = Duration.milliseconds(500)
        var limit = ContinuousClock.now + Self.refusedTime
        while true {
            do throws(SheafError) {
                try HostRecordFile.create(place.end, end)
                return true
            } catch {
                let moment = ContinuousClock.now
                if error.isLackOfSpace { limit = moment + Self.refusedTime }
                guard moment < limit, FileManager.default.fileExists(atPath: place.run) else {
                    return false
                }
            }
            // Whoever waits for an answer does not wait for a full disk.
            say(.ended)
            let pause = Task { [time] in _ = try? await Task.sleep(for: time) }
            self.pause = pause
            await pause.value
            time = min(time * 2, Self.longestPause)
        }
    }

    private static func fault(_ error: SubprocessError) -> EngineFault {
        switch error.underlyingError?.rawValue {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .notExecutable
        case ENOEXEC: .notAProgram
        default: error.code == .executableNotFound ? .missing : .notStarted
        }
    }
}
