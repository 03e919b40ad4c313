internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import RuntimeClient
internal import RuntimeProtocol
internal import WorkerRuntime

/// Creating a worker of a daemon, with `RuntimeClient` over a connection that is kept, beside the
/// library in this process: two stores on the same disk, filled from the same repository.
enum CreationRows {
    private static let rounds = 400

    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let (runtime, contents) = try await Synced.make(place, "creation")
        let store = place.fresh("creation-served")
        try HostPolicyFile.writeDefault(
            at: "\(store)/host-policy.yaml", workspace: contents.pin.workspace,
            repository: "\(place.root)/creation.git")
        let daemon = try await ServedDaemon(place, store: store)
        let client = try RuntimeClient(
            RuntimeClientConfiguration(RuntimeEndpoint("http://127.0.0.1:\(daemon.port)")))
        let report = try await client.sync(
            SyncRequest(
                workspace: contents.pin.workspace, bundle: contents.pin.bundle, channel: .latest))
        guard report.release.pin.reference == contents.pin else {
            throw BenchError("the two stores do not have the same release")
        }
        let pin = report.release.pin
        let pair = try await PairedTiming.measure(
            rounds: rounds,
            ours: { round in
                let reply = try await client.createWorker(
                    WorkerRequest(
                        workerId: WorkerID("w-\(round)"), profile: "agent-\(round % 200)",
                        bundle: pin, intent: IntentDocument(input: "look at ticket \(round)")))
                guard reply.isNew else { throw BenchError("a worker was there") }
            },
            theirs: { round in
                try await runtime.createWorker(
                    CreateWorkerRequest(
                        id: WorkerID("w-\(round)"),
                        selector: ProfileSelector("agent-\(round % 200)"),
                        pin: contents.pin, input: "look at ticket \(round)"))
            })
        try await client.shutdown()
        daemon.stop()
        return [
            Row(
                name: "worker created over HTTP, record durable", ours: Row.text(pair.ours),
                theirs: "\(Row.text(pair.theirs)) in process",
                result: "\(Row.text(pair.ours - pair.theirs)) more", target: "≤ 1 ms more")
        ]
    }
}
