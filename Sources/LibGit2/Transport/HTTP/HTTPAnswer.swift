/// What the status of an answer means.
enum HTTPAnswer {
    /// Sent with every request. Without an encoding asked for, what comes is as long as it is; some
    /// servers know a client of Git's by its name.
    static let headers = ["User-Agent: git/2.0 (sheaf)", "Pragma: no-cache", "Expect:"]

    static let redirects: Set<Int> = [301, 302, 303, 307, 308]

    /// Throws unless this is the answer that was asked for.
    static func require(_ head: HTTPHead, _ contentType: String) throws(TransportError) {
        switch head.status {
        case 200: break
        case 401: throw .unauthorized("it wants a credential, or another one")
        case 403: throw .unauthorized("it does not let this credential read the repository")
        case 404, 410: throw .unavailable("there is no repository at its address")
        case 407: throw .unavailable("the proxy wants a credential")
        case 429, 503: throw .busy(seconds: head.retryAfter)
        case _ where redirects.contains(head.status):
            throw .unavailable("it redirects where it must not")
        default: throw .unavailable("its answer has status \(head.status)")
        }
        guard ["", "identity"].contains(head.contentEncoding) else {
            throw .unavailable("its answer is encoded in a way that was not asked for")
        }
        guard head.contentType == contentType else {
            throw .unavailable("it does not speak Git's smart protocol at its address")
        }
    }
}
