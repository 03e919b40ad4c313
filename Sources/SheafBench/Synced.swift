internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// A runtime that has synced the sample bundle.
enum Synced {
    static func make(
        _ place: Workplace, _ name: String
    ) async throws -> (runtime: WorkerRuntime, contents: PinnedBundle) {
        let source = place.fresh("\(name)-source")
        let path = place.fresh("\(name).git")
        let store = place.fresh("\(name)-store")
        try SampleBundle(files: 1000, bytesPerFile: 10_000).write(to: source)
        let repository = try BundleRepository.create(at: path, workspace: nil)
        _ = try await repository.publish(PublishRequest(directory: source))
        let workspace = try WorkspaceID("bench")
        let bundle = try BundleID("sample")
        try HostPolicyFile.writeDefault(
            at: "\(store)/host-policy.yaml", workspace: workspace, repository: path)
        let runtime = try WorkerRuntime.open(
            store: store, policy: "\(store)/host-policy.yaml")
        let result = try await runtime.sync(bundle, on: .latest)
        return (runtime, try await runtime.contents(of: result.pin))
    }
}
