public import BundleModel
public import RuntimeProtocol
internal import WorkerRuntime

extension EmbeddedRuntime {
    /// Creates a worker.
    public func createWorker(_ request: WorkerRequest) async throws(SheafError) -> WorkerReply {
        let wanted = try CreateWorkerRequest(request)
        if let pin = wanted.pin {
            try sight.require(pin.workspace, pin.bundle)
        } else if sight != .all {
            // Without a pin an id is one of the whole host, where the library would look for it.
            throw Self.unpinned(wanted.selector)
        }
        do throws(SheafError) {
            let created = try await runtime.createWorker(wanted, starting: request.start ?? true)
            return WorkerReply(isNew: created.isNew, worker: document(created.worker))
        } catch {
            guard let workspace = sight.workspace,
                let worker = try? await runtime.worker(named: wanted.id, in: workspace)
            else { throw error }
            throw told(error, of: worker)
        }
    }

    /// The workers, the newest first, in parts.
    public func workers(after cursor: String?, limit: Int?) async throws(SheafError) -> WorkerPage {
        let limit = try PageCursor.limit(limit)
        let place = try cursor.map { (text) throws(SheafError) in try PageCursor.place(text) }
        let found = try await runtime.workers(
            WorkerSelection(workspace: sight.workspace, bundles: sight.bundles, after: place),
            limit: limit)
        return WorkerPage(
            workers: found.workers.map(document),
            next: found.next.map(PageCursor.text))
    }

    /// One worker.
    public func worker(_ id: WorkerID) async throws(SheafError) -> WorkerDocument {
        document(try await visible(id))
    }

    /// Stops a worker.
    public func stopWorker(
        _ id: WorkerID, _ request: StopRequest
    ) async throws(SheafError) -> WorkerDocument {
        let seconds = request.graceSeconds ?? 10
        let worker = try await visible(id)
        do throws(SheafError) {
            return document(try await runtime.stopWorker(worker.id, grace: .seconds(seconds)))
        } catch {
            throw told(error, of: worker)
        }
    }

    /// What is said to whoever sees a part of the host and names no bundle, whatever the id.
    private static func unpinned(_ selector: ProfileSelector) -> SheafError {
        guard case .builtin = selector else { return .unpinned(selector) }
        return SheafError(
            .forbidden, "a token is for bundles of its workspace, and this profile is of none",
            hint: "name a bundle, and a profile of it that extends the builtin one")
    }

    /// Who sees a workspace knows its workers by the ids that were asked for there; who sees the
    /// whole host, by those that no other worker of it has.
    private func visible(_ id: WorkerID) async throws(SheafError) -> WorkerView {
        guard let workspace = sight.workspace else { return try await runtime.worker(id) }
        let worker = try await runtime.worker(named: id, in: workspace)
        guard sight.shows(worker) else { throw .noWorker(id) }
        return worker
    }

    private func document(_ worker: WorkerView) -> WorkerDocument {
        WorkerDocument(worker, as: sight == .all ? worker.id : worker.requestedID)
    }

    /// The error with the id by which whoever asks knows the worker.
    private func told(_ error: SheafError, of worker: WorkerView) -> SheafError {
        guard sight != .all, worker.id != worker.requestedID else { return error }
        func told(_ text: String) -> String {
            text.replacing(worker.id.rawValue, with: worker.requestedID.rawValue)
        }
        return SheafError(
            error.code, told(error.message), details: error.details.mapValues(told),
            hint: error.hint.map(told), findings: error.findings)
    }
}
