internal import AccessTokens
internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// Finds out who asks.
struct Doorkeeper: Sendable {
    /// Where a request came in.
    enum Door: Sendable {
        /// The socket of the store: the file system has decided who may.
        case socket
        /// An address that only this machine reaches.
        case loopback
        /// An address that others reach.
        case network
    }

    let tokens: TokenTable
    let door: Door

    /// Throws ``Problem``: `unauthorized` without a good token where one is needed.
    func caller(of request: Request) throws -> Caller {
        if door == .socket { return .owner }
        switch tokens.answer(RequestCredential.token(in: request.headers)) {
        case .known(let token): return .holder(token)
        case .open where door == .loopback:
            try Self.requireOwnMachine(request)
            return .anybody
        case .open, .refused:
            var problem = Problem(
                SheafError(
                    .unauthorized, "a token is needed here, and this is none that is known",
                    hint: "'sheaf token create' makes one"))
            problem.fields[.wwwAuthenticate] = "Bearer realm=\"sheaf\""
            throw problem
        }
    }

    /// Where no token is needed, a page in a browser of this machine must not do what its user may:
    /// such a request names another server, or the page that it comes from.
    private static func requireOwnMachine(_ request: Request) throws {
        let authority = request.head.authority ?? ""
        guard ListenAddress.isLoopback(authority: authority) else {
            throw Problem(
                SheafError(
                    .forbidden, "without tokens only requests to this machine itself are answered",
                    hint: "ask 127.0.0.1 or localhost"))
        }
        guard let origin = request.headers[.origin] else { return }
        guard origin == "http://\(authority)" || origin == "https://\(authority)" else {
            throw Problem(
                SheafError(.forbidden, "without tokens no request of another page is answered"))
        }
    }
}
