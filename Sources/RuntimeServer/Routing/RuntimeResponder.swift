internal import AccessTokens
internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import RuntimeProtocol

/// Takes a request to what answers it: path, method, credential, scope, query, then the handler.
/// Whatever goes wrong on the way becomes a problem with a code.
struct RuntimeResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let doorkeeper: Doorkeeper
    let handler: RequestHandler
    let metrics: Metrics
    let accessLog: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let route = RuntimeRoute(path: request.uri.path)
        var caller: Caller?
        var response: Response
        do {
            response = try await answer(request, route, &caller, context.channel)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            response = problem(error, caller, context.id).response(requestID: context.id)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = context.id }
        log(request, route, response, caller, ContinuousClock.now - start, context.id)
        return response
    }

    private func answer(
        _ request: Request, _ route: RuntimeRoute?, _ caller: inout Caller?,
        _ channel: any Channel
    ) async throws -> Response {
        guard let route else {
            if doorkeeper.door == .socket, request.method == .post,
                let operation = OwnerOperation(path: request.uri.path)
            {
                caller = .owner
                return try await handler.respond(to: request, operation, on: channel)
            }
            throw Problem(SheafError(.notFound, ProblemDocument.noSuchRoute))
        }
        guard route.methods.contains(request.method) else {
            var problem = Problem(
                SheafError(.invalidRequest, "this is not how this path is asked"),
                status: .methodNotAllowed)
            problem.fields[.allow] = route.methods.map(\.rawValue).joined(separator: ", ")
            throw problem
        }
        guard let scope = route.scope(for: request.method) else {
            if doorkeeper.door == .socket { caller = .owner }
            return try await handler.open(route, request)
        }
        let known = try doorkeeper.caller(of: request)
        caller = known
        try known.require(scope)
        let query = try RequestQuery(request, known: route.parameters(for: request.method))
        return try await handler.respond(to: request, route, query, known.sight)
    }

    private func log(
        _ request: Request, _ route: RuntimeRoute?, _ response: Response, _ caller: Caller?,
        _ time: Duration, _ id: String
    ) {
        let operation = doorkeeper.door == .socket ? OwnerOperation(path: request.uri.path) : nil
        let name = route?.pattern ?? operation?.path ?? "other"
        let isKnown =
            route?.methods.contains(request.method) ?? (operation != nil && request.method == .post)
        let method = isKnown ? request.method.rawValue : "other"
        let status = response.status.code
        metrics.add(
            to: RuntimeMetrics.requests,
            "method=\"\(method)\",route=\"\(name)\",status=\"\(status)\"")
        metrics.observe(time, in: RuntimeMetrics.duration, "route=\"\(name)\"")
        accessLog.info(
            "request",
            metadata: [
                "method": "\(method)", "route": "\(name)", "status": "\(status)",
                "milliseconds": "\(Int(time / .milliseconds(1)))",
                "caller": "\(caller?.label ?? "unknown")", "request": "\(id)",
            ])
    }

    private func problem(_ error: any Error, _ caller: Caller?, _ id: String) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let problem as HostProblem:
            // Whoever watches a host asks every few seconds.
            let told = told(
                problem.error, caller, id, isLogged: handler.complaints.isNew(problem.error))
            return Problem(told, status: .serviceUnavailable)
        case let error as SheafError:
            return Problem(told(error, caller, id, isLogged: true))
        case is CancellationError:
            return Problem(SheafError(.cancelled, "the request was given up"))
        default:
            // Its words may name what is nobody's business.
            accessLog.error("a request failed", metadata: ["error": "\(type(of: error))"])
            return Problem(SheafError(.ioError, "the server failed to answer"))
        }
    }

    /// What a caller is told of an error; what that leaves out is for the log.
    private func told(
        _ error: SheafError, _ caller: Caller?, _ id: String, isLogged: Bool
    ) -> SheafError {
        if case .owner? = caller { return error }
        let outside = HostDiscretion.outside(error)
        if isLogged, outside != error {
            var facts = HostDiscretion.facts(error).mapValues { Logger.MetadataValue.string($0) }
            facts["request"] = "\(id)"
            accessLog.error("the host has a problem of its own", metadata: facts)
        }
        return outside
    }
}
