internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import GRDB
internal import WorkerRuntime

/// Creating workers from a pinned commit.
enum WorkerRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let (runtime, contents) = try await Synced.make(place, "worker")
        let selector = try ProfileSelector("agent-190")
        let pin = contents.pin
        var specification = 0
        let bare = try bareDatabase(place.fresh("bare.sqlite"))
        let row = String(repeating: "x", count: 1600)
        let pair = try await PairedTiming.measure(
            rounds: 300,
            ours: { round in
                let request = CreateWorkerRequest(
                    id: try WorkerID("w-\(round)"), selector: selector, pin: pin,
                    input: "look at ticket \(round)")
                specification += try await runtime.createWorker(request).isNew ? 1 : 0
            },
            theirs: { round in
                try await bare.write { database in
                    try database.execute(
                        sql: "INSERT INTO worker VALUES (?, ?)", arguments: ["w-\(round)", row])
                }
            })
        return [
            Row(
                "worker created, synced mode, record durable", pair,
                beside: "bare SQLite commit of such a row", target: "reported")
        ]
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
}
