internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import TestSupport
internal import WorkerRuntime

/// The first fetch of a channel over HTTP against `git clone` of the same branch from the same
/// server, which has the answer for either in its memory or on its disk after the first round.
enum FirstFetchRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        try await rows(place, files: 1000, rounds: 9) + rows(place, files: 10_000, rounds: 3)
    }

    private static func rows(_ place: Workplace, files: Int, rounds: Int) async throws -> [Row] {
        let site = try await NetworkSite.make(place, "first", files: files)
        let bundle = try NetworkSite.bundle
        func clone() async throws {
            try await place.run(
                "git",
                [
                    "clone", "-q", "--bare", "--single-branch", "--branch",
                    "channels/sample/latest", site.url, "\(place.root)/first-theirs.git",
                ])
        }
        let moved = try await PairedTiming.measure(
            rounds: rounds,
            prepare: { _ in _ = (place.fresh("first-ours.git"), place.fresh("first-theirs.git")) },
            ours: { _ in
                let store = try PlainStore(at: "\(place.root)/first-ours.git")
                _ = try store.fetch(NetworkSite.branch, from: site.ours.port)
            }, theirs: { _ in try await clone() })
        let synced = try await PairedTiming.measure(
            rounds: rounds,
            prepare: { _ in _ = (place.fresh("first-store"), place.fresh("first-theirs.git")) },
            ours: { _ in
                let runtime = try site.runtime("\(place.root)/first-store", from: site.url)
                _ = try await runtime.sync(bundle, on: .latest)
            }, theirs: { _ in try await clone() })
        let name = files.formatted(.number.locale(Locale(identifier: "en_US")))
        return [
            Row(
                "first fetch of a channel over HTTP, \(name) files: transfer", moved,
                beside: "git clone --bare --single-branch", target: "≤ 1.3×"),
            Row(
                "the same, verified and accepted (sync into a new store)", synced,
                beside: "git clone --bare --single-branch", target: "≤ 2×"),
        ]
    }
}
