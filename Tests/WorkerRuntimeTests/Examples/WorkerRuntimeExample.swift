import BundleModel
import WorkerRuntime

/// The example in the documentation of ``WorkerRuntime``: a test holds both to the same lines.
func workerRuntimeExample(store: String, policy: String) async throws -> WorkerView {
    // begin
    let runtime = try WorkerRuntime.open(store: store, policy: policy)
    let bundle = try BundleID("support-agents")
    let coder = try ProfileID("coder")
    try await runtime.sync(bundle, on: .latest)
    let pin = try await runtime.pin(bundle, on: .latest)
    let request = CreateWorkerRequest(
        id: try WorkerID("ticket-12"), selector: .named(coder), pin: pin,
        input: "look at ticket 12")
    let worker = try await runtime.createWorker(request).worker
    print(worker.id, worker.state, worker.profile, worker.pin?.digest.short ?? "builtin")
    // end
    return worker
}
