/// From the start of a daemon's process until it says that it is ready.
enum DaemonStartRows {
    private static let rounds = 15
    private static let workers = 1000

    static func run(_ place: Workplace) async throws -> [Row] {
        let full = try await FullStore.make(place, "start", workers: workers)
        full.daemon.stop()
        let empty = try full.fleet.store("start-empty")
        var ours: [Double] = []
        var theirs: [Double] = []
        for round in 0...rounds {
            // The store has what it follows; nothing is due before what was looked at last.
            for (store, isOurs) in [(full.store, true), (empty, false)] {
                let daemon = try await ServedDaemon(
                    place, store: store,
                    following: isOurs
                        ? RemoteFleet.channels(ofFirst: RemoteFleet.remotes) : [])
                if round > 0, isOurs { ours.append(daemon.secondsUntilReady) }
                if round > 0, !isOurs { theirs.append(daemon.secondsUntilReady) }
                daemon.stop()
            }
        }
        let median = PairedTiming.median(ours)
        return [
            Row(
                name: "daemon started until ready, 100 bundles and 1,000 workers in the store",
                ours: Row.text(median),
                theirs: "\(Row.text(PairedTiming.median(theirs))) with an empty store",
                result: Row.text(median), target: "≤ 300 ms")
        ]
    }
}
