internal import BundleModel
internal import Foundation
internal import RuntimeProtocol
internal import Synchronization

/// Whether a daemon stays as it is at load: 100 bundles and 1,000 workers, asked everything that
/// callers ask, over and over, with a publish and a new worker each second.
///
/// `sheaf-bench runtime-memory --minutes 10` for the whole.
enum DaemonMemoryRows {
    private static let workers = 1000
    private static let clients = 8

    private struct Load {
        var isOver = false
        var answers = 0
        var failures: [String: Int] = [:]
    }

    static func run(_ place: Workplace) async throws -> [Row] {
        let filled = try await FullStore.make(place, "memory", workers: workers)
        // What filling a store takes is not what serving it takes.
        filled.daemon.stop()
        let daemon = try await ServedDaemon(
            place, store: filled.store,
            following: RemoteFleet.channels(ofFirst: RemoteFleet.remotes),
            settings: ["sync.interval=10s"])
        let load = Mutex(Load())
        let (port, pins) = (daemon.port, filled.pins)
        async let clients: Void = LoadRun.threads(clients) { number in
            let connection = LoadConnection(to: port)
            while !load.withLock(\.isOver) {
                guard let (what, request) = try? question(number % 8, port, pins) else { return }
                let isAnswered = (try? connection.exchange(request)) != nil
                load.withLock { load in
                    load.answers += 1
                    if !isAnswered { load.failures[what, default: 0] += 1 }
                }
            }
        }
        let seconds = SteadyUsage.minutes * 60
        let usage: SteadyUsage
        do {
            usage = try await change(filled, daemon, seconds)
        } catch {
            load.withLock { $0.isOver = true }
            throw error
        }
        load.withLock { $0.isOver = true }
        await clients
        daemon.stop()
        let (answers, failures) = load.withLock { ($0.answers, $0.failures) }
        guard failures.isEmpty else { throw BenchError("requests failed: \(failures)") }
        return usage.rows(
            "daemon with 100 bundles and 1,000 workers, \(Row.digits(seconds / 60)) minutes at "
                + "load, \(Int(Double(answers) / seconds)) answers a second",
            memoryTarget: "≤ 100, flat")
    }

    /// Each second something is published, fetched, and a worker is made of it and stopped; looks at
    /// the daemon from a fourth of the time on.
    private static func change(
        _ filled: FullStore, _ daemon: ServedDaemon, _ seconds: Double
    ) async throws -> SteadyUsage {
        let clock = ContinuousClock()
        let start = clock.now
        let connection = LoadConnection(to: daemon.port)
        var usage = SteadyUsage()
        var round = 0
        while clock.now - start < .seconds(seconds) {
            let pin = filled.pins[round % filled.pins.count]
            round += 1
            try await filled.fleet.publish(of: pin, round: round)
            let report = try connection.exchange(
                RuntimeMessages.post(
                    daemon.port, "/v1/config-bundles/sync",
                    SyncRequest(workspace: pin.workspace, bundle: pin.bundle, channel: .latest)))
            let synced = try WireJSON.decode(SyncReport.self, from: report, by: .client)
            let worker = try FullStore.worker(workers + round, synced.release.pin)
            _ = try connection.exchange(
                RuntimeMessages.post(daemon.port, "/v1/workers", worker))
            _ = try connection.exchange(
                RuntimeMessages.post(
                    daemon.port, "/v1/workers/\(worker.workerId)/stop", StopRequest()))
            try await Task.sleep(until: start + .seconds(round), clock: clock)
            if clock.now - start > .seconds(seconds / 4) {
                usage.note(daemon.usage, temporaryFiles: daemon.temporaryFiles)
            }
        }
        return usage
    }

    /// What a client asks next.
    private static func question(
        _ kind: Int, _ port: Int, _ pins: [BundlePin]
    ) throws -> (String, [UInt8]) {
        let number = Int.random(in: 0..<workers)
        let pin = pins[number % pins.count]
        switch kind {
        case 0, 1:
            let path = "/v1/config-bundles/\(pin.digest)/availability?commit=\(pin.commit.hex)"
            return ("availability", RuntimeMessages.get(port, path))
        case 2: return ("worker", RuntimeMessages.get(port, "/v1/workers/w-\(number)"))
        case 3: return ("workers", RuntimeMessages.get(port, "/v1/workers?limit=100"))
        case 4:
            let worker = try FullStore.worker(number, pin)
            return ("creation", try RuntimeMessages.post(port, "/v1/workers", worker))
        case 5:
            let wish = SyncRequest(workspace: pin.workspace, bundle: pin.bundle, channel: .latest)
            return ("sync", try RuntimeMessages.post(port, "/v1/config-bundles/sync", wish))
        case 6: return ("bundles", RuntimeMessages.get(port, "/v1/config-bundles?limit=100"))
        default:
            let path = ["/metrics", "/readyz", "/v1/runtime", "/openapi.yaml"][number % 4]
            return (path, RuntimeMessages.get(port, path))
        }
    }
}
