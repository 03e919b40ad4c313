public import BundleModel
internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

extension ProcessLauncher {
    /// How long a supervisor may take to say how things stand, beside the time of settling.
    private static let answerTime = Duration.seconds(60)

    /// Looks for the engine's program, for secrets and mounts, and whether all of it goes together.
    public func outlook(
        for profile: ResolvedProfile, _ decision: PolicyDecision, isReading: Bool
    ) async -> LaunchOutlook {
        var problems: [SheafError] = []
        if let command = decision.engineCommand, let fault = EngineProgram.fault(in: command) {
            problems.append(fault.error(nil, profile.engine?.rawValue ?? "", status: nil))
        }
        do throws(SheafError) {
            _ = try MountPlaces(decision.granted)
        } catch {
            problems.append(error)
        }
        do throws(SheafError) {
            try GrantedEnvironment.requireApart(profile, decision)
        } catch {
            problems.append(error)
        }
        return LaunchOutlook(
            resources: LaunchOutlook.resources(
                of: decision, host: environment, isReading: isReading), problems: problems)
    }

    /// Starts the engine of a worker in a process group, session and directory of its own.
    ///
    /// Throws `engine_failed`, `host_policy_denied`, `io_error`.
    public func start(_ launch: WorkerLaunch) async throws(SheafError) -> WorkerCondition {
        let known = try await condition(of: launch.worker)
        guard known == .notStarted else { return known }
        try requireProgram(launch)
        let place = directory(launch.worker)
        let environment = try GrantedEnvironment(launch, in: place, host: environment)
        let token = UUID().uuidString
        let worker = PreparedWorker(launch: launch, workers: workers, token: token)
        let made = await Self.blocking {
            Result { () throws(SheafError) in try worker.make() }
        }
        guard try made.get() else { return try await began(launch) }
        let order = SupervisorOrder(
            token: token, command: launch.command, environment: environment.variables,
            settlingMilliseconds: limits.settling.wholeMilliseconds,
            graceMilliseconds: limits.grace.wholeMilliseconds, logBytes: limits.logBytes)
        let reply: SupervisorReply?
        do throws(SheafError) {
            reply = try await supervise(place, order)
        } catch {
            _ = try? withdraw(place)
            throw error
        }
        return try await outcome(launch, reply)
    }

    /// What came of a start, as the records say.
    private func outcome(
        _ launch: WorkerLaunch, _ reply: SupervisorReply?
    ) async throws(SheafError) -> WorkerCondition {
        let place = directory(launch.worker)
        if let end = try EngineEnd.read(place), let fault = end.fault, !end.wasStopped {
            throw fault.error(launch.worker, launch.engine, status: end.status)
        }
        let known = try await condition(of: launch.worker)
        guard known == .notStarted, try withdraw(place) else { return try await began(launch) }
        throw SheafError(
            .ioError,
            reply == .unusable
                ? "worker '\(launch.worker)' could not be begun: its directory refused"
                : "worker '\(launch.worker)' could not be begun: its supervisor did not come to it",
            hint: "see to the disk and the load of the host, and ask for the worker again")
    }

    /// The condition of a worker that somebody has begun.
    private func began(_ launch: WorkerLaunch) async throws(SheafError) -> WorkerCondition {
        let known = try await condition(of: launch.worker)
        guard known == .notStarted else { return known }
        throw SheafError(
            .ioError, "worker '\(launch.worker)' is being started by another process",
            hint: "look at it again in a moment")
    }

    /// Finds out before anything is made whether there is a program to run.
    private func requireProgram(_ launch: WorkerLaunch) throws(SheafError) {
        let fault = EngineProgram.fault(in: launch.command)
        if let fault { throw fault.error(launch.worker, launch.engine, status: nil) }
    }

    /// Starts a supervisor, which outlives this process, and waits for what it says.
    private func supervise(
        _ place: WorkerDirectory, _ order: SupervisorOrder
    ) async throws(SheafError) -> SupervisorReply? {
        let input = Array(try HostJSON.encode(order).utf8)
        let pipe: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
        do {
            pipe = try FileDescriptor.pipe()
        } catch {
            throw SheafError(.ioError, "there is no pipe to be had for a supervisor")
        }
        let (lines, continuation) = AsyncStream<Data?>.makeStream()
        let answer = FileHandle(fileDescriptor: pipe.readEnd.rawValue, closeOnDealloc: true)
        Thread.detachNewThread {
            var line = Data()
            while !line.contains(0x0A) {
                let bytes = answer.availableData
                if bytes.isEmpty { break }
                line.append(bytes)
            }
            continuation.yield(line)
        }
        // The task waits for the supervisor's end and reaps it; when this process ends first, the
        // supervisor goes on.
        Task.detached {
            do {
                try await run(place, input, pipe.writeEnd)
            } catch {
                continuation.yield(nil)
            }
        }
        Task.detached {
            try? await Task.sleep(for: Self.answerTime + limits.settling)
            continuation.yield(Data())
        }
        for await line in lines {
            guard let line else {
                throw SheafError(
                    .ioError, "the program that supervises engines cannot be run",
                    hint: "install sheaf anew, or see to what the embedder names as supervisor")
            }
            return try? JSONDecoder().decode(SupervisorReply.self, from: line)
        }
        return nil
    }

    private func run(
        _ place: WorkerDirectory, _ input: [UInt8], _ output: FileDescriptor
    ) async throws {
        var options = PlatformOptions()
        // Neither the terminal of this process nor signals to its group reach the supervisor.
        options.createSession = true
        let kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "HOME"]
        let variables = kept.compactMap { name in
            environment[name].flatMap { value in
                Environment.Key(rawValue: name).map { ($0, value) }
            }
        }
        _ = try await Subprocess.run(
            .path(FilePath(supervisor.first ?? "")),
            arguments: Arguments(Array(supervisor.dropFirst()) + [place.root]),
            environment: .custom(Dictionary(variables, uniquingKeysWith: { $1 })),
            workingDirectory: FilePath(place.root), platformOptions: options,
            input: .array(input),
            output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .discarded)
    }
}

extension Duration {
    /// The time in milliseconds, at least none and at most some years.
    var wholeMilliseconds: Int {
        let seconds = min(max(components.seconds, 0), 1 << 31)
        return Int(seconds) * 1000 + Int(max(components.attoseconds, 0) / 1_000_000_000_000_000)
    }
}
