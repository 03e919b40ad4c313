internal import BundleModel
internal import Foundation
internal import LibGit2
internal import TestSupport
internal import WorkerRuntime

/// Fetching a small change over HTTP, and finding that there is none, in this process against the
/// `git` program; both from our server.
enum IncrementFetchRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        let site = try await NetworkSite.make(place, "increment", files: 1000)
        let store = try PlainStore(at: place.fresh("increment-ours.git"))
        _ = try store.fetch(NetworkSite.branch, from: site.ours.port)
        let runtime = try site.runtime(place.fresh("increment-store"), from: site.url)
        let bundle = try NetworkSite.bundle
        _ = try await runtime.sync(bundle, on: .latest)
        let clone = try await site.clone("increment-theirs.git")
        try await site.fetch(into: clone, from: site.url)

        let fetched = try await PairedTiming.measure(
            rounds: 25, prepare: { _ = try await site.publish(round: $0) },
            ours: { _ in
                let outcome = try store.fetch(NetworkSite.branch, from: site.ours.port)
                guard outcome.receivedObjects > 0 else { throw BenchError("nothing came") }
            },
            theirs: { _ in try await site.fetch(into: clone, from: site.url) })
        let synced = try await PairedTiming.measure(
            rounds: 25, prepare: { _ = try await site.publish(round: 100 + $0) },
            ours: { _ in
                let result = try await runtime.sync(bundle, on: .latest)
                guard result.outcome == .updated else { throw BenchError("nothing came") }
            },
            theirs: { _ in try await site.fetch(into: clone, from: site.url) })
        let unchanged = try await PairedTiming.measure(
            rounds: 40, ours: { _ in _ = try await runtime.sync(bundle, on: .latest) },
            theirs: { _ in try await site.fetch(into: clone, from: site.url) })
        return [
            Row(
                "increment over HTTP, 2 of 1,000 files, fetched in process", fetched,
                beside: "git fetch", target: "≤ 0.6×"),
            Row(
                "the same, and verified, accepted and recorded (sync)", synced,
                beside: "git fetch", target: "–"),
            Row(
                "nothing new over HTTP (sync in process)", unchanged, beside: "git fetch",
                target: "≤ 0.5×"),
        ]
    }
}
