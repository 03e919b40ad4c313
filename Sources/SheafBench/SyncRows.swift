internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// Syncing an increment from a repository on the same disk against `git fetch` of the same reference.
enum SyncRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let source = place.fresh("sync-source")
        let path = place.fresh("sync.git")
        let store = place.fresh("sync-store")
        let sample = SampleBundle(files: 1000, bytesPerFile: 10_000)
        try sample.write(to: source)
        let repository = try BundleRepository.create(at: path, workspace: nil)
        _ = try await repository.publish(PublishRequest(directory: source))
        try HostPolicyFile.writeDefault(
            at: "\(store)/host-policy.yaml", workspace: try WorkspaceID("bench"),
            repository: path)
        let runtime = try WorkerRuntime.open(store: store, policy: "\(store)/host-policy.yaml")
        let bundle = try BundleID("sample")
        _ = try await runtime.sync(bundle, on: .latest)
        let clone = place.fresh("sync-clone.git")
        try await place.run("git", ["init", "-q", "--bare", clone])
        try await fetch(place, path, into: clone)
        let pair = try await PairedTiming.measure(
            rounds: 25,
            prepare: { round in
                try sample.change(source, round: round)
                _ = try await repository.publish(PublishRequest(directory: source))
            },
            ours: { _ in _ = try await runtime.sync(bundle, on: .latest) },
            theirs: { _ in try await fetch(place, path, into: clone) })
        return [
            Row(
                "sync of an increment, 2 of 1,000 files, verified and durable", pair,
                beside: "git fetch", target: "≤ 1.0×")
        ]
    }

    private static func fetch(
        _ place: Workplace, _ path: String, into clone: String
    ) async throws {
        try await place.run(
            "git", ["fetch", "-q", path, "+refs/heads/channels/sample/latest:refs/heads/latest"],
            in: clone)
    }
}
