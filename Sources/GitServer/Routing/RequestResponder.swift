internal import AccessTokens
internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Takes a request to what answers it: path, credential, what the credential may see, then the
/// handler. Whatever goes wrong on the way becomes a problem with a code.
struct RequestResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let repositories: [WorkspaceID: ServedRepository]
    let tokens: TokenTable
    /// Whether requests without a token are answered as long as there are no tokens.
    let isOpenWithoutTokens: Bool
    let fetches: FetchHandler
    let pushes: PushHandler
    let releases: ReleasesHandler
    let turns: RequestTurns
    let metrics: Metrics
    let accessLog: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let route = Route(path: request.uri.path)
        var caller: Caller?
        var response: Response
        do {
            // Whoever looks after the server is answered however much there is to do.
            let needsTurn = route != .health && route != .readiness
            guard !needsTurn || turns.begin() else { throw Admission.busy }
            defer { if needsTurn { turns.end() } }
            response = try await answer(request, route, context, &caller)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            response = Self.problem(error, accessLog).response(requestID: context.id)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let name = route?.name ?? "other"
        let status = response.status.code
        let time = ContinuousClock.now - start
        metrics.add(to: ServerMetrics.requests, "route=\"\(name)\",status=\"\(status)\"")
        metrics.observe(time, in: ServerMetrics.duration, "route=\"\(name)\"")
        let length = response.body.contentLength
        if let length { metrics.add(Double(length), to: ServerMetrics.sent, "route=\"\(name)\"") }
        accessLog.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue.prefix(16))", "route": "\(name)",
                "place": "\(route?.place ?? "")", "status": "\(status)",
                "bytes": "\(length.map(String.init) ?? "stream")",
                "milliseconds": "\(Int(time / .milliseconds(1)))",
                "caller": "\(caller?.label ?? "unknown")", "request": "\(context.id)",
            ])
        return response
    }

    private func answer(
        _ request: Request, _ route: Route?, _ context: ConnectionContext,
        _ caller: inout Caller?
    ) async throws -> Response {
        guard let route else { throw Self.nothingHere }
        try requireMethod(request.method, of: route)
        switch route {
        case .health: return Self.text("ok\n")
        case .readiness: return try await readiness()
        default: break
        }
        let known = try self.caller(of: request)
        caller = known
        switch route {
        case .health, .readiness: throw Self.nothingHere
        case .metrics:
            guard known.may(.read) else { throw Self.forbidden(.read) }
            return Self.text(metrics.text(), type: "text/plain; version=0.0.4")
        case .releases(let place):
            let (repository, visibility) = try find(place.workspace, place.bundle, known)
            guard known.may(.read) else { throw Self.forbidden(.read) }
            try await requireBundle(place, in: repository, known)
            return try await releases.respond(
                to: request, on: context.channel, in: repository, seeing: visibility)
        case .references(let place):
            return try await references(request, place, known)
        case .uploadPack(let place):
            let (repository, visibility) = try find(place.workspace, place.bundle, known)
            guard known.may(.read) else { throw Self.forbidden(.read) }
            try await requireBundle(place, in: repository, known)
            return try await fetches.respond(
                to: request, on: context.channel, in: repository, seeing: visibility)
        case .receivePack(let place):
            let (repository, visibility) = try find(place.workspace, place.bundle, known)
            try requirePusher(known)
            return try await pushes.respond(
                to: request, in: repository, seeing: visibility, known)
        }
    }

    private func references(
        _ request: Request, _ place: Route.Place, _ caller: Caller
    ) async throws -> Response {
        let (repository, visibility) = try find(place.workspace, place.bundle, caller)
        switch request.uri.query {
        case "service=git-upload-pack":
            guard caller.may(.read) else { throw Self.forbidden(.read) }
            try await requireBundle(place, in: repository, caller)
            let bytes = try await repository.snapshot().advertisement(visibility)
            var headers: HTTPFields = [:]
            headers[.contentType] = "application/x-git-upload-pack-advertisement"
            headers[.cacheControl] = "no-cache"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes))
        case "service=git-receive-pack":
            try requirePusher(caller)
            return try await pushes.advertise(repository, seeing: visibility)
        default:
            throw Problem(
                SheafError(
                    .forbidden, "only Git's smart protocol is served here",
                    hint: "use git 1.6.6 or later"),
                status: .forbidden)
        }
    }

    /// A bundle without a branch is there for those alone who may make it, and empty.
    private func requireBundle(
        _ place: Route.Place, in repository: ServedRepository, _ caller: Caller
    ) async throws {
        guard let bundle = place.bundle, !caller.may(.publish) else { return }
        guard try await repository.snapshot().bundles.contains(bundle) else {
            throw Self.nothingHere
        }
    }

    private func requirePusher(_ caller: Caller) throws {
        guard caller.may(.publish) || caller.may(.release) else {
            throw Self.forbidden(.publish)
        }
    }

    /// What is not there and what may not be seen get the same answer.
    private func find(
        _ workspace: WorkspaceID, _ bundle: BundleID?, _ caller: Caller
    ) throws -> (ServedRepository, Visibility) {
        guard let repository = repositories[workspace],
            let visibility = caller.visibility(in: workspace)
        else { throw Self.nothingHere }
        if let bundle, !visibility.shows(bundle) { throw Self.nothingHere }
        return (repository, visibility.narrowed(to: bundle))
    }

    private func caller(of request: Request) throws -> Caller {
        switch tokens.answer(RequestCredential.token(in: request.headers)) {
        case .known(let token): return .holder(token)
        case .open where isOpenWithoutTokens:
            guard ListenAddress.isLoopback(authority: request.head.authority ?? "") else {
                throw Problem(
                    SheafError(
                        .forbidden, "without tokens only this machine is served, by its own name",
                        hint: "ask localhost, or make a token with 'sheaf token create'"),
                    status: .misdirectedRequest)
            }
            return .anybody
        case .open, .refused:
            var problem = Problem(
                SheafError(
                    .unauthorized, "a token is needed here, and this is none that is known",
                    hint: "'sheaf token create' makes one; Git asks for it as a password"))
            problem.fields[.wwwAuthenticate] = "Basic realm=\"sheaf\", charset=\"UTF-8\""
            throw problem
        }
    }

    private func readiness() async throws -> Response {
        for repository in repositories.values { _ = try await repository.snapshot() }
        return Self.text("ready\n")
    }

    private func requireMethod(_ method: HTTPRequest.Method, of route: Route) throws {
        guard method != route.method else { return }
        var problem = Problem(
            SheafError(.invalidRequest, "this is not how this path is asked"),
            status: .methodNotAllowed)
        problem.fields[.allow] = route.method.rawValue
        throw problem
    }

    private static func problem(_ error: any Error, _ logger: Logger) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as SheafError: return Problem(error)
        case is SharedResponse.TooLarge:
            return Problem(SheafError(.limitExceeded, "the answer is larger than may be served"))
        case is CancellationError:
            return Problem(SheafError(.cancelled, "the request was given up"))
        default:
            // Its words may name what is nobody's business.
            logger.error("a request failed", metadata: ["error": "\(type(of: error))"])
            return Problem(SheafError(.ioError, "the server failed to answer"))
        }
    }

    private static var nothingHere: Problem {
        Problem(SheafError(.notFound, "there is nothing here"))
    }

    private static func forbidden(_ scope: AccessScope) -> Problem {
        Problem(
            SheafError(
                .forbidden, "the token does not have the scope '\(scope.rawValue)'",
                details: ["scope": scope.rawValue]))
    }

    private static func text(_ text: String, type: String = "text/plain") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
