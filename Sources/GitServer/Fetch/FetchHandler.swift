internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Subprocess

/// Answers `git-upload-pack` requests: from what was answered before where that is allowed, else by
/// a run of `git upload-pack`.
struct FetchHandler: Sendable {
    let limits: ServerLimits
    let admission: Admission
    let metrics: Metrics
    let logger: Logger
    /// Where answers go that are too large for memory.
    let spoolFolder: String
    let spoolBudget: ByteBudget

    static let requestType = "application/x-git-upload-pack-request"
    private static let resultType = "application/x-git-upload-pack-result"

    func respond(
        to request: Request, on channel: any Channel, in repository: ServedRepository,
        seeing visibility: Visibility
    ) async throws -> Response {
        try ContentType.require(Self.requestType, in: request)
        let body = try await CollectedBody.read(
            request, atMost: limits.fetchRequestBytes, within: limits.bodyTime)
        let wishes: UploadPackRequest
        do throws(UploadPackRequest.Malformed) {
            wishes = try UploadPackRequest(body)
        } catch {
            throw Problem(SheafError(.invalidRequest, "the body is no request of upload-pack"))
        }
        var headers: HTTPFields = [:]
        headers[.contentType] = Self.resultType
        headers[.cacheControl] = "no-cache"
        // Git asks for nothing before a large request, to see whether it may ask.
        if wishes.wants.isEmpty { return Response(status: .ok, headers: headers) }
        let (response, run) = try await answer(wishes, body, repository, visibility)
        // What is shared is made for others too.
        let presence = run == nil ? nil : await ClientPresence.of(channel)
        try await wait(for: response, run, presence)
        if case .failed(let error)? = response.failureBeforeAnything { throw error }
        if let whole = response.whole {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: whole))
        }
        return Response(status: .ok, headers: headers, body: stream(response, run, presence))
    }

    /// A small answer is sent as one, with its length; a large one as it comes.
    ///
    /// Until there is some of it nothing is written, so a client that has gone is noticed by its own
    /// side of the connection. What was made for it alone is then not made any further.
    private func wait(
        for response: SharedResponse, _ run: OwnedRun?, _ presence: ClientPresence?
    ) async throws {
        let enough = SharedResponse.memoryLimit / 4
        guard let run, let presence else {
            return await response.wait(beyond: enough)
        }
        await presence.watched(whenGone: run.end) { await response.wait(beyond: enough) }
        try Task.checkCancellation()
    }

    /// The answer, and the run of `git` that makes it for this request alone; nil when it is shared.
    private func answer(
        _ wishes: UploadPackRequest, _ body: [UInt8], _ repository: ServedRepository,
        _ visibility: Visibility
    ) async throws -> (SharedResponse, OwnedRun?) {
        var snapshot = try await repository.snapshot()
        if !snapshot.areTips(wishes.wants, visibility) {
            // It may be a tip since a moment ago, of which another server told.
            snapshot = try await repository.snapshot(isExact: true)
        }
        guard wishes.leftOut.allSatisfy({ snapshot.hasBranch($0, visibility) }) else {
            throw Self.notHere
        }
        let areTips = snapshot.areTips(wishes.wants, visibility)
        var body = body
        if !areTips || (visibility != .all && wishes.namesOthers) {
            let commits = try await repository.history.commits(snapshot, visibility)
            guard wishes.wants.allSatisfy(commits.contains) else { throw Self.notHere }
            if visibility != .all { body = wishes.body { commits.contains($0) } }
        }
        guard areTips, !wishes.isPartial else {
            let response = newResponse()
            let task = start(response, body, repository, visibility) { _ in }
            count("unshared")
            return (response, OwnedRun(task))
        }
        let key = ResponseCache.Key(
            repository: repository.path, visibility: visibility, request: body)
        let cache = repository.responses
        let (response, outcome) = cache.response(for: key) { newResponse() }
        count(outcome.rawValue)
        if outcome == .miss {
            start(response, body, repository, visibility) { cache.keep($0, for: key) }
        }
        return (response, nil)
    }

    private func newResponse() -> SharedResponse {
        SharedResponse(
            folder: spoolFolder, budget: spoolBudget, maximumBytes: limits.responseBytes)
    }

    private func count(_ outcome: String) {
        metrics.add(to: ServerMetrics.responses, "outcome=\"\(outcome)\"")
    }

    /// Makes an answer, whoever of those who asked is still there, unless the task is cancelled.
    @discardableResult
    private func start(
        _ response: SharedResponse, _ body: [UInt8], _ repository: ServedRepository,
        _ visibility: Visibility, _ whenDone: @escaping @Sendable (SharedResponse) -> Void
    ) -> Task<Void, Never> {
        Task {
            do {
                try await make(response, body, repository, visibility)
                response.finish(.complete)
            } catch {
                response.finish(.failed(error))
            }
            whenDone(response)
        }
    }

    private func make(
        _ response: SharedResponse, _ body: [UInt8], _ repository: ServedRepository,
        _ visibility: Visibility
    ) async throws {
        let ending = try await admission.run(
            waited: { metrics.observe($0, in: ServerMetrics.queueWait, "service=\"fetch\"") }
        ) {
            try await repository.service.run(
                ["upload-pack", "--stateless-rpc", "--strict", repository.path],
                seeing: visibility, within: limits.fetchTime,
                input: { _ = try await $0.write(body) },
                output: { try await response.append($0) })
        }
        // What went wrong was told to the client in the answer itself, if there is one.
        guard !ending.isSuccess else { return }
        logger.warning(
            "git upload-pack failed",
            metadata: ["complaint": "\(DisplayText.escape(String(ending.complaint.prefix(500))))"])
        throw Refused()
    }

    /// What is not here and what may not be seen get the same answer.
    private static var notHere: Problem {
        Problem(SheafError(.notFound, "something was asked for that is not here"))
    }

    /// `git` ended with an error.
    private struct Refused: Error {}

    /// The client reads so slowly that the answer would stay for ever.
    private struct TooSlow: Error {}

    /// Sends an answer. While `git` is silent in the middle of it there is nothing to write, and only
    /// its own side of the connection tells of a client that has gone.
    private func stream(
        _ response: SharedResponse, _ run: OwnedRun?, _ presence: ClientPresence?
    ) -> ResponseBody {
        let end = ContinuousClock.now + limits.sendTime
        return ResponseBody { writer in
            // Whatever ends the sending ends what was made for it alone.
            defer { run?.end() }
            if let run, let presence {
                try await presence.watched(whenGone: run.end) {
                    try await send(response, before: end, to: &writer)
                }
            } else {
                try await send(response, before: end, to: &writer)
            }
            try await writer.finish(nil)
        }
    }

    /// What fails in the middle breaks the connection off, so that no client takes the part for the
    /// whole.
    private func send(
        _ response: SharedResponse, before end: ContinuousClock.Instant,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        var offset = 0
        while let part = try await response.read(from: offset) {
            guard .now < end else { throw TooSlow() }
            offset += part.readableBytes
            try await writer.write(part)
            metrics.add(
                Double(part.readableBytes), to: ServerMetrics.sent,
                "route=\"\(Route.uploadPackName)\"")
        }
    }
}
