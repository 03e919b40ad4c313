/// One request to a web server, of which the whole answer is wanted: for what is no transfer of
/// Git's, over the same connections.
package struct HTTPExchange: Sendable {
    /// What came back.
    package struct Answer: Sendable {
        package let status: Int
        /// In lower case, without parameters.
        package let contentType: String
        package let body: [UInt8]
        /// In how many seconds it asks to come again.
        package let retryAfter: Int?
    }

    private let address: HTTPAddress
    private let suffix: String
    private let headers: [String]
    private let body: [UInt8]?
    private let access: PeerAccess
    private let maximumBytes: Int
    private let deadline: Duration

    /// - Parameters:
    ///   - address: of something at the server; `suffix` is added to its path as it is.
    ///   - headers: lines beside those that libcurl makes.
    ///   - body: with it the request is a POST, else a GET.
    ///   - maximumBytes: of the answer.
    ///   - deadline: for all of it, during which the server may be silent.
    package init(
        address: HTTPAddress, suffix: String, headers: [String] = [], body: [UInt8]? = nil,
        access: PeerAccess = PeerAccess(), maximumBytes: Int, deadline: Duration
    ) {
        self.address = address
        self.suffix = suffix
        self.headers = headers
        self.body = body
        self.access = access
        self.maximumBytes = maximumBytes
        self.deadline = deadline
    }

    /// Sends it, and waits for the answer; blocks the thread. Redirects are answers like others.
    package func perform(
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(TransportError) -> Answer {
        let watch = TransferWatch(deadline: deadline, isCancelled: isCancelled)
        try watch.check()
        let session = try HTTPSession(for: address, access, watch, keeping: maximumBytes)
        try session.begin(
            address.url(suffix), headers: HTTPAnswer.headers + headers, body: body)
        defer { session.end(nil) }
        try session.receiveHead(watch)
        let body = try session.wholeBody(watch)
        return Answer(
            status: session.head.status, contentType: session.head.contentType, body: body,
            retryAfter: session.head.retryAfter)
    }
}
