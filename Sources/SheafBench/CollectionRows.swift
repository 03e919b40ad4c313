internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// Collecting a store with many increments against `git gc` on a copy of it, and what it does to
/// lookups.
enum CollectionRows {
    private static let increments = 1000

    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let bundle = try BundleID("sample")
        let store = try await grown(place, bundle)
        var rows: [Row] = []
        for (name, isPlain) in [
            ("gc, 1,000 increments as they came, one pack each", true),
            ("gc, 1,000 increments, as syncs keep the store", false),
        ] {
            rows.append(try await collected(place, name, isPlain ? store.plain : store.kept))
        }
        rows.append(try await lookups(place, store.plain, bundle))
        return rows
    }

    // MARK: The stores

    /// A store that synced a first release of 1,000 files and 1,000 increments of 2 files: one that
    /// was never collected, one that syncs kept small.
    private static func grown(
        _ place: Workplace, _ bundle: BundleID
    ) async throws -> (plain: String, kept: String) {
        let source = place.fresh("gc-source")
        let path = place.fresh("gc.git")
        let sample = SampleBundle(files: 1000, bytesPerFile: 10_000)
        try sample.write(to: source)
        let repository = try BundleRepository.create(at: path, workspace: nil)
        _ = try await repository.publish(PublishRequest(directory: source))
        let workspace = try WorkspaceID("bench")
        let stores = (plain: place.fresh("gc-plain"), kept: place.fresh("gc-kept"))
        var runtimes: [WorkerRuntime] = []
        for store in [stores.plain, stores.kept] {
            try HostPolicyFile.writeDefault(
                at: "\(store)/host-policy.yaml", workspace: workspace, repository: path)
            runtimes.append(
                try WorkerRuntime.open(store: store, policy: "\(store)/host-policy.yaml"))
        }
        await runtimes[0].keepSmall(within: .none)
        for runtime in runtimes { _ = try await runtime.sync(bundle, on: .latest) }
        for round in 1...increments {
            try sample.change(source, round: round)
            _ = try await repository.publish(PublishRequest(directory: source))
            for runtime in runtimes { _ = try await runtime.sync(bundle, on: .latest) }
        }
        return stores
    }

    private static func copy(_ place: Workplace, _ store: String, _ name: String) throws -> String {
        let copy = place.fresh(name)
        try FileManager.default.copyItem(atPath: store, toPath: copy)
        return copy
    }

    private static func mirror(_ store: String) -> String { "\(store)/bundles/bench/sample.git" }

    // MARK: Rows

    private static func collected(
        _ place: Workplace, _ name: String, _ store: String
    ) async throws -> Row {
        let pair = try await PairedTiming.measure(
            rounds: 5,
            prepare: { _ in
                _ = try copy(place, store, "gc-ours")
                _ = try copy(place, store, "gc-theirs")
            },
            ours: { _ in
                try await place.run(
                    place.sheaf, ["runtime", "gc", "--store", "\(place.root)/gc-ours"])
            },
            theirs: { _ in
                try await place.run(
                    "git", ["-c", "core.fsync=all", "gc", "-q", "--prune=now"],
                    in: mirror("\(place.root)/gc-theirs"))
            })
        let sizes = try [
            bytes(mirror("\(place.root)/gc-ours")), bytes(mirror("\(place.root)/gc-theirs")),
        ].map { "\(Row.digits(Double($0) / 1e6)) MB" }
        return Row(
            "\(name) (\(sizes[0]); git \(sizes[1]))", pair, beside: "git gc", target: "≤ 2×")
    }

    private static func bytes(_ mirror: String) throws -> Int {
        let folder = "\(mirror)/objects/pack"
        return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\($1)")
            return $0 + (attributes[.size] as? Int ?? 0)
        }
    }

    /// Every file of the newest release, read from a store that was collected and from a fresh one.
    private static func lookups(
        _ place: Workplace, _ grown: String, _ bundle: BundleID
    ) async throws -> Row {
        let ours = try copy(place, grown, "gc-ours")
        let fresh = place.fresh("gc-fresh")
        try FileManager.default.createDirectory(
            atPath: fresh, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(grown)/host-policy.yaml", toPath: "\(fresh)/host-policy.yaml")
        do {
            let runtime = try WorkerRuntime.open(
                store: ours, policy: "\(ours)/host-policy.yaml")
            try await runtime.collect()
            let other = try WorkerRuntime.open(
                store: fresh, policy: "\(fresh)/host-policy.yaml")
            _ = try await other.sync(bundle, on: .latest)
        }
        let pair = try await PairedTiming.measure(
            rounds: 15, ours: { _ in try await readAll(ours, bundle) },
            theirs: { _ in try await readAll(fresh, bundle) })
        return Row(
            "reading all files of the newest release, after gc", pair,
            beside: "a store that was synced anew", target: "≤ 1.1×")
    }

    private static func readAll(_ store: String, _ bundle: BundleID) async throws {
        let runtime = try WorkerRuntime.open(
            store: store, policy: "\(store)/host-policy.yaml", access: .reader)
        _ = try await runtime.verify(try await runtime.pin(bundle, on: .latest))
    }
}
