internal import BundleModel
internal import Foundation

/// Measures Sheaf beside Git, both sides in the same run, and prints a table.
///
/// `sheaf-bench` runs everything; `sheaf-bench digest worker` runs the groups named, and
/// `sheaf-bench network` all whose names begin with that. `--minutes 10` is how long the servers are
/// looked at under load.
@main
struct SheafBench {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "--peak-memory" {
            await PeakMemory.runChild(Array(arguments.dropFirst()))
            return
        }
        if arguments.count == 2, arguments[0] == "--idle-runtime" {
            await IdleRuntime.runChild(arguments[1])
            return
        }
        let groups: [(name: String, run: (Workplace) async throws -> [Row])] = [
            ("publish", PublishRows.run), ("digest", DigestRows.run), ("read", ReadRows.run),
            ("worker", WorkerRows.run), ("sync", SyncRows.run), ("scan", ScanRows.run),
            ("push", PushRows.run),
            ("start", StartRows.run), ("memory", MemoryRows.run), ("gc", CollectionRows.run),
            ("network-fetch", IncrementFetchRows.run), ("network-rate", RequestRateRows.run),
            ("network-first", FirstFetchRows.run), ("network-history", HistoryFetchRows.run),
            ("network-rollout", RolloutRows.run), ("network-large", LargeFetchRows.run),
            ("network-steady", SteadyLoadRows.run), ("runtime-create", CreationRows.run),
            ("runtime-availability", AvailabilityRows.run), ("runtime-follow", FollowRows.run),
            ("runtime-start", DaemonStartRows.run), ("runtime-memory", DaemonMemoryRows.run),
        ]
        do {
            let place = try Workplace()
            defer { place.remove() }
            print(Row.header)
            var wanted = arguments
            if let option = wanted.firstIndex(of: "--minutes") {
                wanted.removeSubrange(option..<min(option + 2, wanted.count))
            }
            for group in groups
            where wanted.isEmpty
                || wanted.contains(where: {
                    group.name == $0 || group.name.hasPrefix("\($0)-")
                })
            {
                for row in try await group.run(place) { print(row.line) }
            }
        } catch {
            FileHandle.standardError.write(Data("sheaf-bench: \(error)\n".utf8))
            exit(3)
        }
    }
}
