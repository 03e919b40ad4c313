internal import BundleModel
internal import BundleRepository
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

/// What a program does that watches over one engine: it starts the engine, keeps its output within
/// bounds, ends it when told to, and writes down how it ended.
///
/// It is a process of its own, so that an engine outlives whoever started it. `sheaf worker
/// supervise` is this; an embedder without that program gives its own to ``ProcessLauncher``.
public enum WorkerSupervisor {
    /// How long the lock of a worker is tried to be had.
    private static let patience = Duration.seconds(1)

    /// Supervises the engine of the worker of a directory, and returns an exit status when the engine
    /// has ended.
    ///
    /// Reads from standard input what to do, and writes one line to standard output when the engine
    /// runs or has ended. Takes over the handling of signals: `SIGTERM` and `SIGINT` stop the engine.
    public static func run(directory: String) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        let place = WorkerDirectory(root: directory)
        let input = try? FileHandle.standardInput.readToEnd()
        guard let order = try? JSONDecoder().decode(SupervisorOrder.self, from: input ?? Data()),
            !order.command.isEmpty
        else { return reply(.unusable) }
        let supervision = EngineSupervision(order, place)
        // From before there is a sign that anything began, an order to stop ends it in good order.
        await supervision.listen()
        do throws(SheafError) {
            // Another supervisor has it as long as it lives; the host, which looks, for a moment.
            let lock = try HostLock.take(path: place.lock, within: patience) {
                FileManager.default.fileExists(atPath: place.begun)
            }
            guard let lock else { return reply(.begunBefore) }
            defer { withExtendedLifetime(lock) {} }
            guard try HostRecordFile.read(place.token) == Array(order.token.utf8) else {
                return reply(.begunBefore)
            }
            let processes = EngineProcesses(supervisor: HostProcess(number: getpid()))
            guard try HostRecordFile.create(place.begun, processes) else {
                return reply(.begunBefore)
            }
            return await supervision.run(processes)
        } catch {
            return reply(.unusable)
        }
    }

    /// Says one line and lets standard output go: whoever listens need not wait for more.
    @discardableResult
    static func reply(_ reply: SupervisorReply) -> Int32 {
        if let text = try? HostJSON.encode(reply) {
            _ = try? FileDescriptor.standardOutput.writeAll("\(text)\n".utf8)
        }
        if let null = try? FileDescriptor.open(FilePath("/dev/null"), .writeOnly) {
            _ = try? null.duplicate(as: .standardOutput)
            try? null.close()
        }
        return 0
    }
}
