public import BundleModel
public import RuntimeProtocol
internal import WorkerRuntime

extension EmbeddedRuntime {
    /// Creates a worker.
    public func createWorker(_ request: WorkerRequest) async throws(SheafError) -> WorkerReply {
        let wanted = try CreateWorkerRequest(request)
        if let pin = wanted.pin {
            try sight.require(pin.workspace, pin.bundle)
        } else if case .builtin = wanted.selector, sight != .all {
            throw SheafError(
                .forbidden, "a token is for bundles of its workspace, and this profile is of none",
                hint: "name a bundle, and a profile of it that extends the builtin one")
        }
        let created = try await runtime.createWorker(wanted, starting: request.start ?? true)
        return WorkerReply(isNew: created.isNew, worker: WorkerDocument(created.worker))
    }

    /// The workers, the newest first, in parts.
    public func workers(after cursor: String?, limit: Int?) async throws(SheafError) -> WorkerPage {
        let limit = try PageCursor.limit(limit)
        let place = try cursor.map { (text) throws(SheafError) in try PageCursor.place(text) }
        let found = try await runtime.workers(
            WorkerSelection(workspace: sight.workspace, bundles: sight.bundles, after: place),
            limit: limit)
        return WorkerPage(
            workers: found.workers.map(WorkerDocument.init),
            next: found.next.map(PageCursor.text))
    }

    /// One worker.
    public func worker(_ id: WorkerID) async throws(SheafError) -> WorkerDocument {
        WorkerDocument(try await visible(id))
    }

    /// Stops a worker.
    public func stopWorker(
        _ id: WorkerID, _ request: StopRequest
    ) async throws(SheafError) -> WorkerDocument {
        let seconds = request.graceSeconds ?? 10
        guard (0...600).contains(seconds) else {
            throw SheafError(
                .invalidRequest, "an engine may have 0 to 600 seconds to end",
                details: ["field": "graceSeconds"])
        }
        _ = try await visible(id)
        return WorkerDocument(try await runtime.stopWorker(id, grace: .seconds(seconds)))
    }

    private func visible(_ id: WorkerID) async throws(SheafError) -> WorkerView {
        let worker = try await runtime.worker(id)
        guard sight.shows(worker) else { throw .noWorker(id) }
        return worker
    }
}
