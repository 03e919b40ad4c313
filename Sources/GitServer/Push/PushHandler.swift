internal import AccessTokens
internal import BundleModel
internal import BundleRepository
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Subprocess

/// Answers pushes by a run of `git receive-pack`, whose hooks are the push gate.
struct PushHandler: Sendable {
    let limits: ServerLimits
    let admission: Admission
    let metrics: Metrics
    let logger: Logger
    /// Where pushes go that are too large for memory.
    let spoolFolder: String
    let spoolBudget: ByteBudget

    private static let requestType = "application/x-git-receive-pack-request"
    private static let resultType = "application/x-git-receive-pack-result"

    /// The list of branches with which a push begins.
    func advertise(
        _ repository: ServedRepository, seeing visibility: Visibility
    ) async throws -> Response {
        let bytes = try await admission.run(
            waited: { metrics.observe($0, in: ServerMetrics.queueWait, "service=\"push\"") }
        ) {
            try await repository.service.receiveAdvertisement(visibility)
        }
        return Self.response("application/x-git-receive-pack-advertisement", bytes)
    }

    func respond(
        to request: Request, in repository: ServedRepository, seeing visibility: Visibility,
        _ caller: Caller
    ) async throws -> Response {
        try ContentType.require(Self.requestType, in: request)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > limits.pushBytes
        {
            throw tooLarge
        }
        guard request.headers[.contentEncoding] == nil else {
            throw Problem(
                SheafError(.invalidRequest, "the body of a push may not be encoded"),
                status: .unsupportedMediaType)
        }
        let body = PushBody(request.body.makeAsyncIterator(), limit: limits.pushBytes)
        let commands = try await Self.receiving(within: limits.bodyTime) {
            try await body.commands(atMost: limits.commandBytes)
        }
        if let refusal = try refusal(commands, visibility, caller) {
            return Self.response(Self.resultType, ByteBuffer(bytes: refusal))
        }
        let (folder, budget) = (spoolFolder, spoolBudget)
        try await Self.receiving(within: limits.pushTime) {
            try await body.receive(in: folder, budget)
        }
        let collected = CollectedOutput()
        let ending = try await admission.run(
            waited: { metrics.observe($0, in: ServerMetrics.queueWait, "service=\"push\"") }
        ) {
            try await repository.service.run(
                ["receive-pack", "--stateless-rpc", repository.path], seeing: visibility,
                within: limits.pushTime,
                input: { try await body.write(to: $0) },
                output: { collected.append($0.readableBytesView) })
        }
        _ = try? await repository.reload()
        if !ending.isSuccess {
            logger.info(
                "git receive-pack ended with an error",
                metadata: [
                    "complaint": "\(DisplayText.escape(String(ending.complaint.prefix(500))))"
                ])
            guard !collected.bytes.isEmpty else {
                throw Problem(
                    SheafError(.invalidRequest, "the push broke off or is not one"))
            }
        }
        return Self.response(Self.resultType, ByteBuffer(bytes: collected.bytes))
    }

    private static func receiving<Value: Sendable>(
        within time: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await Deadline.run(time, "the body of the push", work)
        } catch let error as SheafError where error.code == .deadlineExceeded {
            throw Problem(error, status: .requestTimeout)
        }
    }

    /// Refuses a push of which the caller may not make a part; nil for one that it may make.
    private func refusal(
        _ commands: ReferenceCommands, _ visibility: Visibility, _ caller: Caller
    ) throws -> [UInt8]? {
        var reasons: [String: String] = [:]
        for name in commands.names {
            // What is no branch of a bundle is for the gate to refuse, with its own words.
            guard let (bundle, kind) = ServedReference.branch(named: name) else { continue }
            let scope: AccessScope = kind == .revisions ? .publish : .release
            if !visibility.shows(bundle) || !caller.may(scope) {
                reasons[name] = "forbidden: the token may not \(scope.rawValue) '\(bundle)'"
            }
        }
        guard !reasons.isEmpty else { return nil }
        let refusal = commands.refusal { reasons[$0] ?? "another reference was refused" }
        guard let refusal else {
            throw Problem(SheafError(.forbidden, "the token may not push to these references"))
        }
        return refusal
    }

    private var tooLarge: Problem {
        Problem(
            SheafError(
                .limitExceeded, "the push is over \(limits.pushBytes) bytes",
                details: ["bytes": String(limits.pushBytes)]))
    }

    private static func response(_ type: String, _ bytes: ByteBuffer) -> Response {
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        headers[.cacheControl] = "no-cache"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes))
    }
}
