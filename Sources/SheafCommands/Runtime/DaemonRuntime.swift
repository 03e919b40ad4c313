internal import BundleModel
internal import BundleRepository
internal import RuntimeProtocol
internal import WorkerRuntime

/// The daemon that owns a store, asked through its socket over the same REST API as from elsewhere.
struct DaemonRuntime: Sendable {
    let socket: HostSocket
    /// The store, beside its owner.
    let reader: WorkerRuntime
    /// Why this process could not take the store itself, for when no daemon answers.
    let otherwise: SheafError

    func sync(
        _ reference: ChannelReference, _ workspace: WorkspaceID?, deadline: Duration
    ) async throws(SheafError) -> SyncResult {
        let request = SyncRequest(
            workspace: try await self.workspace(of: reference, workspace),
            bundle: reference.bundle, channel: reference.channel)
        let report: SyncReport = try await ask(
            "/v1/config-bundles/sync", request, deadline: deadline)
        let accepted = try await reader.acceptedReleases().first {
            $0.pin.workspace == request.workspace && $0.pin.bundle == request.bundle
                && $0.release.channel == request.channel
        }
        guard let accepted, let outcome = SyncResult.Outcome(rawValue: report.outcome.rawValue)
        else {
            throw SheafError(.storeCorrupt, "the store does not have what its daemon accepted")
        }
        var previous: Release?
        if let pin = report.previous?.pin.reference {
            previous = try? await reader.contents(of: pin).release
        }
        return SyncResult(
            outcome: outcome, release: accepted.release, previous: previous,
            objects: report.objects, bytes: report.bytes, profiles: accepted.profiles ?? [],
            isRecorded: report.isRecorded)
    }

    func create(
        _ request: CreateWorkerRequest, starting: Bool
    ) async throws(SheafError) -> CreatedWorker {
        let document = WorkerRequest(
            workerId: request.id, profile: request.selector.description,
            bundle: request.pin.map(BundlePin.init),
            intent: IntentDocument(
                input: request.intent.input, labels: request.intent.labels),
            requiredCapabilities: request.requiredCapabilities.map(\.description),
            start: starting)
        let reply: WorkerReply = try await ask("/v1/workers", document, deadline: .seconds(120))
        return CreatedWorker(worker: try await reader.worker(request.id), isNew: reply.isNew)
    }

    func stop(_ id: WorkerID, grace: Duration) async throws(SheafError) -> WorkerView {
        let seconds = Int((grace / .seconds(1)).rounded(.up))
        let _: WorkerDocument = try await ask(
            "/v1/workers/\(id)/stop", StopRequest(graceSeconds: seconds),
            deadline: grace + .seconds(30))
        return try await reader.worker(id)
    }

    /// The workspace that is meant: as the policy beside the store says, else the only one that the
    /// daemon serves.
    private func workspace(
        of reference: ChannelReference, _ workspace: WorkspaceID?
    ) async throws(SheafError) -> WorkspaceID {
        if let workspace { return workspace }
        if let channel = try? await reader.channel(
            reference.bundle, on: reference.channel, workspace: nil)
        {
            return channel.workspace
        }
        let answer = try await send("/v1/runtime", nil, deadline: .seconds(30))
        let served = try read(RuntimeDocument.self, answer).workspaces
        guard let only = served.first, served.count == 1 else {
            throw SheafError(
                .invalidRequest, "the daemon serves \(served.count) workspaces",
                hint: "say which with --workspace")
        }
        return only
    }

    // MARK: Asking

    private func ask<Reply: Decodable>(
        _ route: String, _ request: some Encodable, deadline: Duration
    ) async throws(SheafError) -> Reply {
        try read(
            Reply.self, try await send(route, try WireJSON.encode(request), deadline: deadline))
    }

    private func send(
        _ route: String, _ body: [UInt8]?, deadline: Duration
    ) async throws(SheafError) -> HostSocket.Answer {
        do throws(SheafError) {
            return try await socket.ask(route, body: body, deadline: deadline)
        } catch {
            // A socket that was left by a daemon that was killed, while another process has the store.
            throw error.code == .remoteUnavailable ? otherwise : error
        }
    }

    private func read<Reply: Decodable>(
        _ type: Reply.Type, _ answer: HostSocket.Answer
    ) throws(SheafError) -> Reply {
        if (200..<300).contains(answer.status) {
            return try WireJSON.decode(type, from: answer.body, by: .client)
        }
        let problem = try WireJSON.decode(ProblemDocument.self, from: answer.body, by: .client)
        throw SheafError(
            SheafError.Code(rawValue: problem.code) ?? .remoteUnavailable, problem.detail,
            details: problem.details ?? [:], hint: problem.hint,
            findings: problem.findings ?? [])
    }
}
