internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import TestSupport
internal import WorkerRuntime

/// From a publish until a thousand runtimes, each with a store of its own, have fetched, verified
/// and accepted the release, once from our server and once from nginx with `git http-backend`.
///
/// The runtimes live in this process, some at a time, and share what connections it keeps.
enum RolloutRows {
    private static let runtimes = 1000
    private static let atOnce = 16

    static func run(_ place: Workplace) async throws -> [Row] {
        let site = try await NetworkSite.make(
            place, "rollout", files: 100, bytesPerFile: 4000)
        let ours = try await rollout(site, from: site.url, 1, [site.ours.processID])
        let theirs = try await rollout(site, from: site.otherURL, 2, site.theirs.processIDs)
        let ratio = ours.processorSeconds / theirs.processorSeconds
        let name = "publish until 1,000 runtimes have accepted it"
        return [
            Row(
                name: "\(name): processor time of the server",
                ours: Row.text(ours.processorSeconds),
                theirs: "\(Row.text(theirs.processorSeconds)) nginx + git http-backend",
                result: "\(Row.digits(ratio))×", target: "≤ 0.1×"),
            Row(
                name: "\(name): wall time, clients included", ours: Row.text(ours.wallSeconds),
                theirs: Row.text(theirs.wallSeconds),
                result: "\(Row.digits(ours.wallSeconds / theirs.wallSeconds))×", target: "–"),
            Row(
                name: "\(name): peak memory of the server",
                ours: "\(ours.peakBytes / 1_000_000) MB",
                theirs: "\(theirs.peakBytes / 1_000_000) MB",
                result: "\(Row.digits(Double(ours.peakBytes) / Double(theirs.peakBytes)))×",
                target: "–"),
        ]
    }

    private static func rollout(
        _ site: NetworkSite, from url: String, _ round: Int, _ processes: [Int32]
    ) async throws -> UsageWatch.Taken {
        let stores = try await stores(site, from: url)
        return try await UsageWatch.during(processes) {
            let commit = try await site.publish(round: round)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, store) in stores.enumerated() {
                    if number >= atOnce { try await group.next() }
                    group.addTask { try await accept(commit, store) }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Copies of a store that has the release before.
    private static func stores(_ site: NetworkSite, from url: String) async throws -> [String] {
        let first = site.place.fresh("rollout-first")
        _ = try await site.runtime(first, from: url).sync(NetworkSite.bundle, on: .latest)
        let folder = site.place.fresh("rollout-stores")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return try (0..<runtimes).map { number in
            let store = "\(folder)/\(number)"
            try FileManager.default.copyItem(atPath: first, toPath: store)
            return store
        }
    }

    private static func accept(_ commit: CommitID, _ store: String) async throws {
        let runtime = try WorkerRuntime.open(store: store, policy: "\(store)/host-policy.yaml")
        let result = try await runtime.sync(NetworkSite.bundle, on: .latest)
        guard result.outcome == .updated, result.pin.commit == commit else {
            throw BenchError("a runtime did not take the release: \(result.outcome)")
        }
    }
}
