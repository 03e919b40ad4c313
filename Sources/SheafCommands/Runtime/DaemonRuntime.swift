internal import BundleModel
internal import BundleRepository
internal import RuntimeProtocol
internal import WorkerRuntime

/// The daemon that owns a store, asked through its socket over the same REST API as from elsewhere.
struct DaemonRuntime: Sendable {
    let socket: HostSocket
    /// The folder of the store.
    let store: String
    /// The store, beside its owner.
    let reader: WorkerRuntime
    /// Why this process could not take the store itself, for when no daemon answers.
    let otherwise: SheafError

    /// Brings a channel up to date; the daemon's host policy says which workspace is meant where none
    /// is named.
    func sync(
        _ reference: ChannelReference, _ workspace: WorkspaceID?, deadline: Duration
    ) async throws(SheafError) -> SyncResult {
        let request = OwnerSyncRequest(
            workspace: workspace, bundle: reference.bundle, channel: reference.channel,
            timeoutSeconds: Self.seconds(deadline))
        return try await result(of: try await ask(.sync, request, deadline: deadline + Self.spare))
    }

    /// What the daemon's report says, out of the store.
    func result(of report: SyncReport) async throws(SheafError) -> SyncResult {
        let pin = report.release.pin
        let accepted = try await reader.acceptedReleases().first {
            $0.pin.workspace == pin.workspace && $0.pin.bundle == pin.bundle
                && $0.release.channel == report.release.channel
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
        let reply: WorkerReply = try await ask("/v1/workers", document, deadline: .seconds(330))
        return CreatedWorker(
            worker: try await reader.worker(reply.worker.workerId), isNew: reply.isNew)
    }

    func stop(_ id: WorkerID, grace: Duration) async throws(SheafError) -> WorkerView {
        let _: WorkerDocument = try await ask(
            "/v1/workers/\(id)/stop", StopRequest(graceSeconds: Self.seconds(grace)),
            deadline: grace + Self.spare)
        return try await reader.worker(id)
    }

    // MARK: Asking

    /// Throws why this process could not take the store when no daemon answers: then it is not the
    /// daemon's that decides.
    func requireAnswer() async throws(SheafError) {
        _ = try await send("/healthz", nil, deadline: Self.spare)
    }

    /// What an answer may take longer than what was asked for.
    static let spare = Duration.seconds(30)

    static func seconds(_ time: Duration) -> Int { Int((time / .seconds(1)).rounded(.up)) }

    /// Asks for what only the owner may.
    func ask<Reply: Decodable>(
        _ operation: OwnerOperation, _ request: some Encodable, deadline: Duration
    ) async throws(SheafError) -> Reply {
        try await ask(operation.path, request, deadline: deadline)
    }

    func ask<Reply: Decodable>(
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
        guard problem.detail != ProblemDocument.noSuchRoute else {
            throw SheafError(
                .storeBusy,
                "the daemon that has this store is of another version than this program",
                hint: "end the daemon and start it anew")
        }
        throw SheafError(
            SheafError.Code(rawValue: problem.code) ?? .remoteUnavailable, problem.detail,
            details: problem.details ?? [:], hint: problem.hint,
            findings: problem.findings ?? [])
    }
}
