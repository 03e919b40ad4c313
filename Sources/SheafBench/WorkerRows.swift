internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import WorkerRuntime

/// Deciding on workers of a pinned commit, and creating them.
enum WorkerRows {
    private static let profiles = 200

    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let (runtime, contents) = try await Synced.make(place, "worker")
        return try await [
            decided(runtime, contents.pin), decidedByMany(runtime, contents.pin),
            oneCaller(place, runtime, contents.pin), manyCallers(runtime, contents.pin),
        ]
    }

    private static func request(
        _ name: String, _ number: Int, _ pin: ConfigBundleRef
    ) throws -> CreateWorkerRequest {
        CreateWorkerRequest(
            id: try WorkerID("\(name)-\(number)"),
            selector: try ProfileSelector("agent-\(number % profiles)"), pin: pin,
            input: "look at ticket \(number)")
    }

    // MARK: Decisions

    private static func decided(
        _ runtime: WorkerRuntime, _ pin: ConfigBundleRef
    ) async throws -> Row {
        var times: [Double] = []
        for number in 0..<10 * profiles {
            let request = try request("d", number, pin)
            let time = try await PairedTiming.seconds { _ = try await runtime.decide(request) }
            if number >= profiles { times.append(time) }
        }
        let median = PairedTiming.median(times)
        return Row(
            name: "resolve, policy and specification, warm, 200 profiles", ours: Row.text(median),
            result: Row.text(median), target: "≤ 150 µs")
    }

    private static func decidedByMany(
        _ runtime: WorkerRuntime, _ pin: ConfigBundleRef
    ) async throws -> Row {
        let requests = try (0..<20 * profiles).map { try request("d", $0, pin) }
        let seconds = try await PairedTiming.seconds {
            try await withThrowingTaskGroup { group in
                for part in 0..<4 {
                    group.addTask {
                        for number in stride(from: part, to: requests.count, by: 4) {
                            _ = try await runtime.decide(requests[number])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let rate = Int(Double(requests.count) / seconds)
        return Row(
            name: "the same, four callers", ours: "\(rate) a second", result: "\(rate) a second",
            target: "≥ 10,000 a second")
    }

    // MARK: Creation

    private static func oneCaller(
        _ place: Workplace, _ runtime: WorkerRuntime, _ pin: ConfigBundleRef
    ) async throws -> Row {
        let bare = try bareDatabase(place.fresh("bare.sqlite"))
        let row = String(repeating: "x", count: 1600)
        let pair = try await PairedTiming.measure(
            rounds: 300,
            ours: { round in
                _ = try await runtime.createWorker(try request("w", round, pin))
            },
            theirs: { round in
                _ = try await runtime.decide(try request("w", round, pin))
                try await bare.write { database in
                    try database.execute(
                        sql: "INSERT INTO worker VALUES (?, ?)", arguments: ["w-\(round)", row])
                }
            })
        return Row(
            "worker created, synced mode, record durable", pair,
            beside: "bare SQLite commit of such a row, and the decision", target: "≤ 1.5×")
    }

    private static func bareDatabase(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write {
            try $0.execute(sql: "CREATE TABLE worker (id TEXT PRIMARY KEY, row TEXT NOT NULL)")
        }
        return queue
    }

    /// Eight callers against one, each round as many workers.
    private static func manyCallers(
        _ runtime: WorkerRuntime, _ pin: ConfigBundleRef
    ) async throws -> Row {
        let count = 400
        var latencies: [Double] = []
        let pair = try await PairedTiming.measure(
            rounds: 5,
            ours: { round in
                latencies += try await create(runtime, pin, "m\(round)", count, callers: 8)
            },
            theirs: { round in
                _ = try await create(runtime, pin, "s\(round)", count, callers: 1)
            })
        let last = latencies.sorted()[latencies.count * 99 / 100]
        return Row(
            name: "workers created by 8 callers at once (p99 \(Row.text(last)))",
            ours: "\(Int(Double(count) / pair.ours)) a second",
            theirs: "\(Int(Double(count) / pair.theirs)) a second by one",
            result: "\(Row.digits(1 / pair.ratio))× the rate", target: "≥ 2×")
    }

    private static func create(
        _ runtime: WorkerRuntime, _ pin: ConfigBundleRef, _ name: String, _ count: Int,
        callers: Int
    ) async throws -> [Double] {
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var times: [Double] = []
                    for number in stride(from: caller, to: count, by: callers) {
                        let request = try request(name, number, pin)
                        times.append(
                            try await PairedTiming.seconds {
                                _ = try await runtime.createWorker(request)
                            })
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}
