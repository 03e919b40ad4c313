internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import LibGit2
internal import TestSupport
internal import WorkerRuntime

/// What a long history costs those who fetch a channel: of the server's repository, which is never
/// repacked, and of the client's store.
enum HistoryFetchRows {
    private static let revisions = 1000
    private static let releases = 20
    /// Releases that a runtime has taken one by one, each pinned by a worker.
    private static let pins = 100

    static func run(_ place: Workplace) async throws -> [Row] {
        let site = try await NetworkSite.make(place, "history", files: 1000)
        let runtime = try site.runtime(place.fresh("history-store"), from: site.url)
        return [try await bytes(site), try await objects(site, runtime)]
    }

    private static func bytes(_ site: NetworkSite) async throws -> Row {
        for round in 2...revisions {
            try site.sample.change(site.source, round: round)
            let isReleased = round % (revisions / releases) == 0
            _ = try await site.repository.publish(
                PublishRequest(directory: site.source, channel: isReleased ? .latest : nil))
        }
        let count = try await site.repository.releases(of: NetworkSite.bundle, on: .latest).count
        let fetched = try [NetworkSite.branch, "refs/heads/bundles/sample"].map { reference in
            let store = try PlainStore(at: site.place.fresh("history-ours.git"))
            return try store.fetch(reference, from: site.ours.port).receivedBytes
        }
        let texts = fetched.map { "\(Row.digits(Double($0) / 1e6)) MB" }
        return Row(
            name: "bytes of a first fetch, channel with \(count) releases of 1,000 revisions",
            ours: texts[0], theirs: "\(texts[1]) the branch of revisions",
            result: "\(Row.digits(Double(fetched[0]) / Double(fetched[1])))×", target: "≤ 0.5×")
    }

    private static func objects(_ site: NetworkSite, _ runtime: WorkerRuntime) async throws -> Row {
        let bundle = try NetworkSite.bundle
        var counts: [Int] = []
        _ = try await runtime.sync(bundle, on: .latest)
        for round in 1...pins {
            try await site.publish(round: 10_000 + round)
            let result = try await runtime.sync(bundle, on: .latest)
            counts.append(result.objects)
            _ = try await runtime.createWorker(
                CreateWorkerRequest(
                    id: try WorkerID("pin-\(round)"), selector: try ProfileSelector("agent-0"),
                    pin: result.pin, input: "hold release \(round)"))
        }
        // The root, prompts, prompts/agent-1, assets, assets/guides and assets/guides/part-2.
        let trees = 6
        let most = counts.max() ?? 0
        return Row(
            name: "objects of an increment of 2 files, never repacked, \(releases) to "
                + "\(releases + pins) releases, up to \(pins) of them pinned, at most",
            ours: "\(most), last \(counts.last ?? 0)", theirs: "\(trees) trees on the paths",
            result: "\(most - trees) beside the trees", target: "≤ 10")
    }
}
