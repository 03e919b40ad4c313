internal import Foundation
internal import Synchronization
internal import TestSupport
internal import WorkerRuntime

/// How long a poll takes while somebody fetches a large bundle for the first time.
enum LargeFetchRows {
    private static let perSecond = 200

    static func run(_ place: Workplace) async throws -> [Row] {
        let site = try await NetworkSite.make(place, "large-fetch", files: 10_000)
        let store = place.fresh("large-fetch-store")
        _ = try site.runtime(store, from: site.url)
        let isOver = Mutex(false)
        let port = site.ours.port
        async let polls = LoadRun.latencies(
            to: port, perSecond: perSecond, clients: 8, asking: FetchMessages.poll(port)
        ) { isOver.withLock { $0 } }
        let seconds: Double
        do {
            // Nobody has asked for it before, so that the server makes the answer meanwhile.
            seconds = try await PairedTiming.seconds {
                try await place.run(
                    place.sheaf, ["runtime", "sync", "sample@latest", "--store", store])
            }
        } catch {
            isOver.withLock { $0 = true }
            throw error
        }
        isOver.withLock { $0 = true }
        let times = try await polls
        let (middle, high) = (times[times.count / 2], times[times.count * 99 / 100])
        return [
            Row(
                name: "a poll, 200 a second beside a first fetch of 10,000 files / 100 MB "
                    + "(\(times.count) polls in \(Row.text(seconds)))",
                ours: "\(Row.text(middle)), p99 \(Row.text(high))",
                theirs: "longest \(Row.text(times.last ?? 0))", result: "p99 \(Row.text(high))",
                target: "≤ 100 ms")
        ]
    }
}
