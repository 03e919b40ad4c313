internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import RuntimeProtocol
internal import WorkerRuntime

/// Decodes a request, asks the library, and encodes what it says.
struct RequestHandler: Sendable {
    let runtime: WorkerRuntime
    let sync: RuntimeServerConfiguration.SyncAction?
    let limits: RuntimeServerLimits
    let arrivals: Admission
    let room: ByteBudget
    let documents: Admission
    let imports: Admission
    let file: FileArrival
    let owner: OwnerDesk
    let metrics: Metrics
    let moreMetrics: RuntimeServerConfiguration.MetricsAction?
    let requireReady: (@Sendable () async throws(SheafError) -> Void)?
    let complaints: Complaints

    /// Answers what needs no token.
    func open(_ route: RuntimeRoute, _ request: Request) async throws -> Response {
        _ = try RequestQuery(request, known: [])
        switch route {
        case .readiness:
            do throws(SheafError) {
                try await requireReady?()
            } catch {
                throw HostProblem(error: error)
            }
            complaints.end()
            return Self.text("ready\n")
        case .contract: return Self.text(ContractFile.text, type: "application/yaml")
        default: return Self.text("ok\n")
        }
    }

    func respond(
        to request: Request, _ route: RuntimeRoute, _ query: RequestQuery, _ sight: Sight
    ) async throws -> Response {
        let library = EmbeddedRuntime(runtime, seeing: sight, sync: sync)
        switch route {
        case .health, .readiness, .contract: return try await open(route, request)
        case .metrics:
            let more = await moreMetrics? { sight.shows($0, $1) } ?? ""
            return Self.text(metrics.text() + more, type: "text/plain; version=0.0.4")
        case .runtime: return try Self.found(try await library.describe(), request)
        case .bundles:
            let page = try await library.channels(
                after: query.text("after"), limit: query.number("limit"))
            return try Self.found(page, request)
        case .sync: return try Self.json(try await library.sync(try await document(request)))
        case .preflight:
            return try Self.json(try await library.preflight(try await document(request)))
        case .bundle(let digest) where request.method == .put:
            return try await put(request, digest, try query.workspace(), library)
        case .bundle(let digest):
            return try Self.found(try await library.bundle(digest), request)
        case .availability(let digest):
            return try Self.found(
                try await library.availability(digest, commit: query.commit()), request)
        case .workers where request.method == .post: return try await create(request, library)
        case .workers:
            let page = try await library.workers(
                after: query.text("after"), limit: query.number("limit"))
            return try Self.found(page, request)
        case .worker(let id): return try Self.found(try await library.worker(id), request)
        case .stop(let id):
            // Without a body it is stopped as usual; one whose type is not said is not passed over.
            let order =
                ContentType.hasNoBody(request) ? StopRequest() : try await document(request)
            return try Self.json(try await library.stopWorker(id, order))
        }
    }

    private func create(_ request: Request, _ library: EmbeddedRuntime) async throws -> Response {
        let wish: WorkerRequest = try await document(request, atMost: limits.workerBytes)
        let reply = try await library.createWorker(wish)
        var response = try Self.json(reply, status: reply.isNew ? .created : .ok)
        response.headers[.location] = "/v1/workers/\(reply.worker.workerId)"
        return response
    }

    private func put(
        _ request: Request, _ digest: BundleDigest, _ workspace: WorkspaceID?,
        _ library: EmbeddedRuntime
    ) async throws -> Response {
        try ContentType.require(
            ["application/x-git-bundle", "application/octet-stream"], in: request)
        let report = try await arrivals.run(waited: waited) {
            try await file.with(request) { path in
                try await imports.run(waited: waited) {
                    try await library.put(digest, file: path, workspace: workspace)
                }
            }
        }
        return try Self.json(report, status: report.outcome == .unchanged ? .ok : .created)
    }

    /// Reads a document. Of what is large each byte that has come takes its place until it is a
    /// document, so that whoever sends little holds up nobody; and few are read at once, since that
    /// takes the most memory.
    func document<Document: Decodable & Sendable>(
        _ request: Request, atMost limit: Int? = nil
    ) async throws -> Document {
        try ContentType.require(["application/json"], in: request)
        let limit = limit ?? limits.documentBytes
        // What is compressed, or comes without a length, may be as large as it can be.
        let isPlain = request.headers[.contentEncoding] == nil
        let length = isPlain ? request.headers[.contentLength].flatMap { Int($0) } ?? limit : limit
        let time = limits.documentTime
        if length <= limits.documentBytes {
            let bytes = try await CollectedBody.read(request, atMost: limit, within: time)
            return try WireJSON.decode(Document.self, from: bytes, by: .server)
        }
        return try await room.share { share in
            let bytes = try await CollectedBody.received(
                request, atMost: limit, within: time, hold: share.take)
            return try await documents.run(waited: waited) {
                let bytes = try await CollectedBody.plain(bytes, of: request, atMost: limit)
                return try WireJSON.decode(Document.self, from: bytes, by: .server)
            }
        }
    }

    private func waited(_ time: Duration) {
        metrics.observe(time, in: RuntimeMetrics.arrivalWait)
    }

    static func json(
        _ document: some Encodable, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try WireJSON.encode(document))))
    }

    /// What was asked for, unless whoever asks has it: its tag is the SHA-256 of its bytes.
    private static func found(_ document: some Encodable, _ request: Request) throws -> Response {
        let bytes = try WireJSON.encode(document)
        let tag = "\"sha256:\(SHA256Value(hashing: bytes).hex)\""
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "private, no-cache"]
        let known = request.headers[values: .ifNoneMatch]
            .flatMap { field in field.split(separator: ",").map { $0.filter { $0 != " " } } }
        let tags = ["*", tag, "W/\(tag)"]
        if known.contains(where: tags.contains) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = "application/json"
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func text(_ text: String, type: String = "text/plain") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
